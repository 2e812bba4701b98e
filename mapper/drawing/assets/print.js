"use strict";
// On paper: the map as it is looked at, with legend, account and sources, on one page.

(() => {
  let printing = false;

  IncidentMaps.printing = () => printing;

  IncidentMaps.dark = () => !printing && matchMedia("(prefers-color-scheme: dark)").matches;

  // Give the map the size that the style sheet has for paper, and the old one back afterwards.
  IncidentMaps.printable = (map) => {
    const container = map.getContainer();
    let before = null;
    const resize = (on) => {
      printing = on;
      container.classList.toggle("im-printing", on);
      map.invalidateSize({ animate: false, pan: false });
    };
    window.addEventListener("beforeprint", () => {
      const whole = map.imView && map.getZoom() === map.imView[1] && map.getCenter().equals(map.imView[0]);
      const legend = container.querySelector(".im-legend")?.offsetWidth ?? 0;
      before = [map.getCenter(), map.getZoom()];
      const bounds = whole ? map.imHome : map.getBounds().pad(-0.1);
      resize(true);
      map.fitBounds(bounds, { paddingTopLeft: [100, 0], paddingBottomRight: [legend, 0], animate: false });
      map.fire("themechange");
    });
    window.addEventListener("afterprint", () => {
      if (!before) return;
      resize(false);
      map.setView(...before, { animate: false });
      map.fire("themechange");
      before = null;
    });
  };
})();

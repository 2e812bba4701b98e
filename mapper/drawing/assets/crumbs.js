"use strict";
// The way back from a part of the country, and what is known only to larger areas than are shown.

(() => {
  const { el, said } = IncidentMaps;

  const Crumbs = L.Control.extend({
    initialize(areas) {
      const side = areas.speech.direction === "rtl" ? "right" : "left";
      L.Control.prototype.initialize.call(this, { position: `top${side}` });
      this._areas = areas;
    },

    onAdd() {
      const { speech } = this._areas;
      this._box = el("nav", {
        class: "im-panel im-crumbs",
        dir: speech.direction,
        "aria-label": speech.word("shown_area"),
      });
      L.DomEvent.disableClickPropagation(this._box);
      L.DomEvent.disableScrollPropagation(this._box);
      return this._box;
    },

    update() {
      const { speech, hierarchy, within, level } = this._areas;
      const coarser = this._areas.coarser();
      this._box.hidden = within === null && level === hierarchy.names[0];
      const focused = this._box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      const steps = [null, ...(within === null ? [] : hierarchy.path(within))];
      const crumbs = steps.map((row, i) => {
        const name = row === null ? speech.word("home") : said(this._areas.name(row));
        if (i === steps.length - 1) return el("li", { "aria-current": "true" }, name);
        const go = () => this._areas.go(hierarchy.below(row), row);
        return el(
          "li",
          {},
          el("button", { type: "button", class: "im-link", "data-key": `up ${row}`, onclick: go }, name),
        );
      });
      const lines = coarser.map((part) => {
        const heading = speech.word(`coarse_${part.level}`, { n: speech.number(part.count) });
        const list = () => this._map.fire("areas:list", { codes: part.codes, heading });
        return el(
          "p",
          {},
          el("button", { type: "button", class: "im-link", "data-key": part.level, onclick: list }, heading),
        );
      });
      this._box.replaceChildren(el("ol", {}, crumbs), ...lines);
      if (focused) this._box.querySelector(`[data-key="${focused}"]`)?.focus();
    },
  });

  IncidentMaps.crumbs = (areas) => new Crumbs(areas);
})();

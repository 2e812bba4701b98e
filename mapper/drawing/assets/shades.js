"use strict";
// How areas are filled where a colour alone will not do.

(() => {
  // Put a hatching for areas without data into a drawing, and return its id.
  function hatch(svg) {
    const make = (tag, attributes, ...children) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.append(...children);
      return element;
    };
    const id = `im-hatch-${L.stamp(svg)}`;
    const size = { width: 6, height: 6 };
    svg.append(
      make(
        "defs",
        {},
        make(
          "pattern",
          { id, ...size, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
          make("rect", { ...size, class: "im-hatch-ground" }),
          make("rect", { width: 1.5, height: 6, class: "im-hatch-line" }),
        ),
      ),
    );
    return id;
  }

  // Whether white writing reads better than dark on a colour.
  function dim(colour) {
    const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140;
  }

  IncidentMaps.shades = { hatch, dim };
})();

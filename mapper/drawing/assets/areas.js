"use strict";
// The choropleth.

(function () {
  const Areas = IncidentMaps.PackedLayer.extend({
    _draw(map) {
      const pane = IncidentMaps.pane(map, "im-areas", 350);
      const renderer = L.svg({ pane, padding: 0.5 });
      this.measure = this.head.measure;
      this.per100k = this.head.per100k;
      this._counts = null;
      this._shapes = this.head.shapes.map((rings, row) =>
        this._shape(IncidentMaps.latLngs(rings, this.head.grid), row, { pane, renderer }).addTo(map),
      );
      this._hatch = hatch(renderer._container);
      this._board = IncidentMaps.Board.of(map);
      this._board.areas.push(this);
      this._names = this.head.shapes.map((_, row) => {
        const text = this.table.text("name", row);
        return this._board.labels.add({
          text,
          anchors: this.head.anchors[row],
          className: "im-governorate",
          rank: 1,
          // Its badge says its name.
          hidden: () => this._board.incidents.some((layer) => layer.badged(text)),
        });
      });
      this._onFiltered = (event) => this.recount(event.counts);
      this._paint = this._paint.bind(this);
      map.on("incidents:filtered", this._onFiltered);
      map.on("themechange", this._paint);
      this._paint();
      this._board.arrange();
      map.getContainer().dataset.areas = this.table.length;
    },

    _erase(map) {
      map.off("incidents:filtered", this._onFiltered);
      map.off("themechange", this._paint);
      this._board.areas = this._board.areas.filter((layer) => layer !== this);
      this._shapes.forEach((shape) => shape.remove());
    },

    _shape(latLngs, row, options) {
      const shape = L.polygon(latLngs, { ...options, className: "im-area" });
      shape.on("add", () => {
        const path = shape.getElement();
        path.setAttribute("tabindex", "0");
        path.setAttribute("role", "button");
        path.addEventListener("focus", () => {
          const point = this._map.latLngToContainerPoint(shape.getBounds().getCenter());
          if (path.matches(":focus-visible")) this._board.tip(this.tipFor(row), point);
        });
        path.addEventListener("blur", () => this._board.tip(null));
        path.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          this.open(row);
        });
      });
      return shape;
    },

    // Change what the areas are shaded by.
    show(measure, per100k) {
      this.measure = measure;
      this.per100k = per100k;
      this._paint();
    },

    // Count anew after a filter; null goes back to all incidents.
    recount(counts) {
      this._counts = counts;
      this._paint();
    },

    number(measure, row) {
      return this._counts ? this._counts[measure][row] : this.table.number(measure, row);
    },

    value(row, measure = this.measure, per100k = this.per100k) {
      const number = this.number(measure, row);
      if (!per100k || number === null) return number;
      const people = this.table.number("population", row);
      return people ? (number * 100000) / people : null;
    },

    limits() {
      const key = this.per100k ? `${this.measure}_per_100k` : this.measure;
      if (!this._counts) return this.head.limits[key];
      const values = this._shapes.map((_, row) => this.value(row)).filter((v) => v > 0);
      return IncidentMaps.naturalBreaks(values, this.head.classes);
    },

    ramp(classes) {
      return this.head.ramps[IncidentMaps.dark() ? "dark" : "light"][classes];
    },

    _paint() {
      const limits = this.limits();
      const ramp = this.ramp(limits.length);
      this._shapes.forEach((shape, row) => {
        const path = shape.getElement();
        const value = this.value(row);
        path.classList.toggle("im-nodata", value === null);
        path.classList.toggle("im-zero", value === 0);
        // A style, not an attribute: it goes before the style sheet.
        const fill = value ? ramp[limits.findIndex((limit) => value <= limit + 1e-9)] : "";
        path.style.fill = value === null ? `url(#${this._hatch})` : fill;
        path.style.fillOpacity = this.head.opacity;
        this._names[row].classList.toggle("im-on-dark", fill !== "" && dim(fill));
        this._names[row].classList.toggle("im-on-light", fill !== "" && !dim(fill));
        path.setAttribute("aria-label", this._facts(row).flat().join(" "));
        path.dataset.area = row;
        path.dataset.value = value ?? "";
      });
      this.fire("painted");
    },

    _facts(row) {
      const { speech } = this;
      const word = (key) => speech.word(key);
      return [
        [this.table.text("name", row)],
        [word("incidents"), speech.number(this.number("incidents", row))],
        [word("killed"), speech.number(this.number("killed", row))],
        [word("wounded"), speech.number(this.number("wounded", row))],
        [word("rate"), speech.rate(this.value(row, "incidents", true))],
      ];
    },

    tipFor(row) {
      const { el, said } = IncidentMaps;
      const [[name], ...facts] = this._facts(row);
      return el(
        "div",
        { dir: this.speech.direction },
        el("strong", {}, said(name)),
        el("dl", {}, facts.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)])),
      );
    },

    hit(target) {
      const row = target?.dataset?.area;
      return row !== undefined && this._shapes[row]?.getElement() === target ? Number(row) : null;
    },

    open(row) {
      this._map.fire("area:open", { area: row, name: this.table.text("name", row) });
    },
  });

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

  IncidentMaps.areas = (id) => new Areas(id);

  // Natural breaks (Fisher and Jenks): the upper limits of the classes that differ least within.
  IncidentMaps.naturalBreaks = function (values, classes) {
    const sorted = [...values].sort((a, b) => a - b);
    const distinct = [...new Set(sorted)];
    if (distinct.length <= classes) return distinct;
    const n = sorted.length;
    const sums = [0];
    const squares = [0];
    sorted.forEach((value, i) => {
      sums.push(sums[i] + value);
      squares.push(squares[i] + value * value);
    });
    const spread = (i, j) => squares[j] - squares[i] - (sums[j] - sums[i]) ** 2 / (j - i);
    let cost = sorted.map((_, j) => spread(0, j + 1));
    const cuts = [];
    for (let k = 1; k < classes; k++) {
      const next = new Array(n).fill(Infinity);
      const cut = new Array(n).fill(0);
      for (let j = k; j < n; j++) {
        for (let i = k; i <= j; i++) {
          const total = cost[i - 1] + spread(i, j + 1);
          if (total < next[j]) [next[j], cut[j]] = [total, i];
        }
      }
      cuts.push(cut);
      cost = next;
    }
    const limits = [sorted[n - 1]];
    for (let k = cuts.length - 1, j = n - 1; k >= 0; k--) {
      j = cuts[k][j] - 1;
      limits.unshift(sorted[j]);
    }
    return [...new Set(limits)];
  };
})();

"use strict";
// The boxes over the map: title and account, lists, legend, credits.

(function () {
  const { el, said } = IncidentMaps;
  const PAGE = 60;

  const Panel = L.Control.extend({
    // Filled once: a control that changes its corner is added anew.
    onAdd(map) {
      if (this._box) return this._box;
      const box = (this._box = el("div", { class: `im-panel ${this._className}` }));
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      IncidentMaps.wait(this._fill(map, box).then(() => IncidentMaps.Board.of(map).arrange()));
      return box;
    },
  });

  const start = (speech) => (speech.direction === "rtl" ? "right" : "left");
  const end = (speech) => (speech.direction === "rtl" ? "left" : "right");

  // ---- title and account

  const Account = Panel.extend({
    _className: "im-account",

    initialize(layer, title) {
      L.Control.prototype.initialize.call(this, { position: "topleft" });
      this._layer = layer;
      this._title = title;
    },

    async _fill(map, box) {
      await this._layer.opened;
      await this._layer.drawn;
      const { speech } = this._layer;
      this.setPosition(`top${start(speech)}`);
      box.dir = speech.direction;
      const line = el("p", { class: "im-account-line", "aria-live": "polite" });
      const drawer = new Drawer(map, this._layer);
      const rest = el("button", { type: "button", onclick: () => drawer.unplaced() });
      const all = el("button", { type: "button", onclick: () => drawer.all() }, speech.word("list"));
      box.append(el("h1", {}, said(this._title)), line, el("div", { class: "im-buttons" }, all, rest));
      const update = (tally) => {
        const [marks, badges, gone] = tally;
        line.textContent = speech.word("account", {
          all: speech.incidents(marks + badges + gone),
          marks: speech.number(marks),
          badges: speech.number(badges),
          rest: speech.number(gone),
        });
        rest.textContent = speech.word("not_on_map", { n: speech.number(gone) });
        rest.hidden = gone === 0;
      };
      update(this._layer.tally);
      map.on("incidents:filtered", (event) => event.layer === this._layer && update(event.tally));
    },
  });

  // A sheet at the side (on a phone: at the bottom) that lists incidents.
  class Drawer {
    constructor(map, layer) {
      this._layer = layer;
      const { speech } = layer;
      this._heading = el("h2", { tabindex: "-1" });
      this._list = el("ul", {});
      this._more = el("button", { type: "button", class: "im-more", onclick: () => this._append() }, speech.word("more"));
      this._box = el(
        "aside",
        { class: "im-drawer", dir: speech.direction, lang: speech.language, hidden: true },
        el(
          "header",
          {},
          this._heading,
          el("button", { type: "button", class: "im-close", "aria-label": speech.word("close"), onclick: () => this.close() }, "×"),
        ),
        this._list,
        this._more,
      );
      this._box.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
      L.DomEvent.disableClickPropagation(this._box);
      L.DomEvent.disableScrollPropagation(this._box);
      map.getContainer().append(this._box);
      map.on("incidents:list", ({ rows, heading }) => this.show(heading, rows));
      map.on("area:open", ({ area, name }) => {
        const rows = layer.rows((row) => layer.table.array("area")[row] === area);
        this.show(speech.word("in_area", { name }), rows);
      });
    }

    all() {
      this.show(this._layer.speech.word("incidents"), this._layer.rows(() => true), { reason: true });
    }

    unplaced() {
      const { speech, tally, table } = this._layer;
      const rows = this._layer.rows((row) => table.array("stands")[row] === 2);
      this.show(speech.word("not_on_map", { n: speech.number(tally[2]) }), rows);
    }

    show(heading, rows) {
      this._from = document.activeElement;
      this._rows = rows;
      this._shown = 0;
      this._heading.replaceChildren(said(heading));
      this._list.replaceChildren();
      this._append();
      this._box.hidden = false;
      this._box.scrollTop = 0;
      this._heading.focus({ preventScroll: true });
    }

    close() {
      this._box.hidden = true;
      this._from?.focus?.({ preventScroll: true });
    }

    _append() {
      const { table } = this._layer;
      const part = this._rows.slice(this._shown, this._shown + PAGE);
      const stands = table.array("stands");
      this._list.append(...part.map((row) => IncidentMaps.line(this._layer, row, { reason: stands[row] === 2 })));
      this._shown += part.length;
      this._more.hidden = this._shown >= this._rows.length;
      if (!this._rows.length) this._list.append(el("li", { class: "im-muted" }, this._layer.speech.word("zero")));
    }
  }

  // ---- legend

  const Legend = Panel.extend({
    _className: "im-legend",

    initialize(areas, incidents) {
      L.Control.prototype.initialize.call(this, { position: "bottomright" });
      this._areas = areas;
      this._incidents = incidents;
    },

    async _fill(map, box) {
      await Promise.all([this._areas.drawn, this._incidents.drawn]);
      const { speech } = this._areas;
      this.setPosition(`bottom${end(speech)}`);
      box.dir = speech.direction;
      const swatches = el("ul", { class: "im-swatches" });
      const heading = el("h2", {});
      const wide = map.getSize().x > 700;
      box.append(
        el(
          "details",
          { open: wide },
          el("summary", {}, speech.word("legend")),
          heading,
          swatches,
          this._marks(),
        ),
      );
      const update = () => {
        const per = this._areas.per100k ? ` ${speech.word("per_100k")}` : "";
        heading.textContent = speech.word(`measure_${this._areas.measure}`) + per;
        swatches.replaceChildren(...this._swatches());
      };
      update();
      this._areas.on("painted", update);
    },

    _swatches() {
      const { speech } = this._areas;
      const limits = this._areas.limits();
      const ramp = this._areas.ramp(limits.length);
      const whole = !this._areas.per100k;
      const say = (value) => (whole ? speech.number(value) : speech.rate(value));
      const swatch = (label, colour, className = "") => {
        const box = el("i", { class: `im-swatch ${className}` });
        if (colour) box.style.background = colour;
        return el("li", {}, box, el("span", {}, said(label, { dir: "ltr" })));
      };
      const classes = limits.map((limit, i) => {
        const below = i ? limits[i - 1] : 0;
        const from = whole ? below + 1 : below;
        const label = whole && from === limit ? say(limit) : `${say(from)}–${say(limit)}`;
        return swatch(label, ramp[i]);
      });
      const rows = Array.from({ length: this._areas.table.length }, (_, row) => this._areas.value(row));
      const missing = rows.includes(null) ? [swatch(speech.word("no_data"), null, "im-nodata")] : [];
      return [swatch(speech.word("zero"), null, "im-zero"), ...classes, ...missing];
    },

    _marks() {
      const { symbols } = IncidentMaps;
      const { speech, table } = this._incidents;
      const stands = table.array("stands");
      const item = (draw, label) => el("li", {}, symbols.picture(30, draw), el("span", {}, label));
      const types = new Map();
      const precisions = new Set();
      for (let row = 0; row < table.length; row++) {
        if (stands[row] !== 0) continue;
        types.set(this._incidents.type(row), this._incidents.colour(row));
        precisions.add(table.text("precision", row));
      }
      const order = Object.keys(this._incidents.head.colours);
      const rank = (type) => (order.includes(type) ? order.indexOf(type) : order.length);
      const kinds = [...types].sort(([a], [b]) => rank(a) - rank(b)).map(([type, colour]) =>
        item((c, x, y) => symbols.mark(c, x, y, { type, colour, precision: "exact" }), speech.event(type)),
      );
      const ring = (precision, key) =>
        item(
          (c, x, y) => symbols.mark(c, x, y, { type: "", colour: this._incidents.head.unknownColour, precision }),
          speech.word(key),
        );
      const rings = [];
      if (precisions.has("exact") || precisions.has("site")) rings.push(ring("exact", "ring_exact"));
      if (precisions.has("settlement")) rings.push(ring("settlement", "ring_settlement"));
      if (precisions.has("relative")) rings.push(ring("relative", "ring_relative"));
      const several = item(
        (c, x, y) => symbols.cluster(c, x, y, { count: 3, label: speech.number(3), shares: [["#b3261e", 2], ["#3d4754", 1]], radius: 13 }),
        speech.word("cluster"),
      );
      const badge = el(
        "li",
        {},
        el("span", { class: "im-badge-box im-sample" }, el("b", {}, speech.number(3))),
        el("span", {}, speech.word("badge")),
      );
      const marks = stands.includes(0);
      return [
        marks ? [el("h2", {}, speech.word("mark_types")), el("ul", { class: "im-marks-list" }, kinds)] : [],
        marks ? [el("h2", {}, speech.word("mark_precision"))] : [],
        el("ul", { class: "im-marks-list" }, rings, marks ? several : [], stands.includes(1) ? badge : []),
      ].flat();
    },
  });

  // ---- credits, scale, zoom

  const Credits = Panel.extend({
    _className: "im-credits",

    initialize({ lines, approximate, heading, direction }) {
      const position = direction === "rtl" ? "bottomright" : "bottomleft";
      L.Control.prototype.initialize.call(this, { position });
      Object.assign(this, { _lines: lines, _approximate: approximate, _heading: heading });
      this._direction = direction;
    },

    async _fill(map, box) {
      box.dir = this._direction;
      box.hidden = !this._lines.length && !this._approximate;
      if (this._approximate) box.append(el("strong", {}, this._approximate));
      if (!this._lines.length) return;
      const lines = this._lines.map((line) => el("li", {}, said(line)));
      const open = map.getSize().x > 700;
      box.append(el("details", { open }, el("summary", {}, this._heading), el("ul", {}, lines)));
    },
  });

  IncidentMaps.account = (layer, title) => new Account(layer, title);
  IncidentMaps.legend = (areas, incidents) => new Legend(areas, incidents);
  IncidentMaps.credits = (options) => new Credits(options);
})();

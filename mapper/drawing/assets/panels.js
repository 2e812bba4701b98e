"use strict";
// The boxes over the map: title and account, lists, legend, credits.

(() => {
  const { el, said } = IncidentMaps;

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
      const filters = (this.filters = new IncidentMaps.Filters(this._layer));
      const drawer = new IncidentMaps.Drawer(map, this._layer, filters);
      this.timeline = new IncidentMaps.Timeline(map, this._layer, filters);
      const button = (label, open) => el("button", { type: "button", onclick: open }, label);
      const table = new IncidentMaps.IncidentTable(map, this._layer, filters);
      const all = button(speech.word("table"), () => table.toggle());
      const choose = button(speech.word("filters"), () => drawer.filters());
      const rest = button("", () => drawer.unplaced());
      choose.hidden = this._layer.length < 2;
      const shown = el("p", { class: "im-shown" });
      const buttons = el("div", { class: "im-buttons" }, all, choose, rest);
      box.append(el("h1", {}, said(this._title)), line, shown, buttons);
      const whole = [0, 0, 0];
      for (const stand of this._layer.table.array("stands")) whole[stand]++;
      const [marks, badges, gone] = whole;
      line.textContent = speech.word("account", {
        all: speech.incidents(marks + badges + gone),
        marks: speech.number(marks),
        badges: speech.number(badges),
        rest: speech.number(gone),
      });
      const update = (tally) => {
        const n = tally[0] + tally[1] + tally[2];
        const all = speech.number(this._layer.length);
        shown.textContent = speech.word("shown", { n: speech.number(n), all });
        shown.hidden = !filters.active;
        rest.textContent = speech.word("not_on_map", { n: speech.number(tally[2]) });
        rest.hidden = tally[2] === 0;
      };
      update(this._layer.tally);
      map.on("incidents:filtered", (event) => event.layer === this._layer && update(event.tally));
    },
  });

  // ---- legend: at the foot on the right in every language, where Iraq leaves room

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
      box.dir = speech.direction;
      const swatches = el("ul", { class: "im-swatches" });
      const chooser = this._chooser();
      const levels = this._levels();
      const wide = map.getSize().x > 700;
      box.append(
        el(
          "details",
          { open: wide },
          el("summary", {}, speech.word("legend")),
          levels,
          chooser,
          swatches,
          el("div", { class: "im-marks-key" }, this._marks()),
        ),
      );
      const update = () => {
        levels.value = this._areas.level;
        for (const option of levels.options) {
          option.hidden = option.disabled = option.value < this._areas.hierarchy.below(this._areas.within);
        }
        chooser.value = [this._areas.measure, this._areas.per100k ? "per_100k" : ""].join(" ");
        swatches.replaceChildren(...this._swatches());
      };
      update();
      this._areas.on("painted", update);
    },

    // Which areas are shaded, where there are larger and smaller ones.
    _levels() {
      const { speech, hierarchy } = this._areas;
      const options = hierarchy.names.map((name) =>
        el("option", { value: name }, speech.word(`level_${name}`)),
      );
      const chooser = el(
        "select",
        { class: "im-chooser im-levels", "aria-label": speech.word("shown_level") },
        options,
      );
      chooser.hidden = options.length < 2;
      chooser.addEventListener("change", () => this._areas.go(chooser.value, this._areas.within));
      return chooser;
    },

    // What the areas are shaded by; what nothing is known of cannot be chosen.
    _chooser() {
      const { speech, table } = this._areas;
      const options = ["incidents", "killed", "wounded"].flatMap((measure) => {
        const known = table.array(measure).some((value) => value !== IncidentMaps.Table.MISSING);
        if (!known && measure !== this._areas.measure) return [];
        const name = speech.word(`measure_${measure}`);
        return [
          el("option", { value: `${measure} ` }, name),
          el("option", { value: `${measure} per_100k` }, `${name}, ${speech.word("per_100k")}`),
        ];
      });
      const chooser = el("select", { class: "im-chooser", "aria-label": speech.word("measure") }, options);
      chooser.addEventListener("change", () => {
        const [measure, per] = chooser.value.split(" ");
        this._areas.show(measure, per === "per_100k");
      });
      return chooser;
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
      const missing = this._areas.values().includes(null)
        ? [swatch(speech.word("no_data"), null, "im-nodata")]
        : [];
      return [swatch(speech.word("zero"), null, "im-zero"), ...classes, ...missing];
    },

    _marks() {
      const { symbols } = IncidentMaps;
      const { speech, table } = this._incidents;
      const stands = table.array("stands");
      const item = (draw, label) => el("li", {}, symbols.picture(30, draw), el("span", {}, label));
      const types = new Map();
      const precisions = new Set();
      for (let row = 0; row < this._incidents.length; row++) {
        if (stands[row] !== 0) continue;
        types.set(this._incidents.type(row), this._incidents.colour(row));
        precisions.add(table.text("precision", row));
      }
      const order = Object.keys(this._incidents.head.colours);
      const rank = (type) => (order.includes(type) ? order.indexOf(type) : order.length);
      const kinds = [...types]
        .sort(([a], [b]) => rank(a) - rank(b))
        .map(([type, colour]) =>
          item((c, x, y) => symbols.mark(c, x, y, { type, colour }), speech.event(type)),
        );
      const ring = (precision, key) =>
        item(
          (c, x, y) =>
            symbols.mark(c, x, y, { type: "", colour: this._incidents.head.unknownColour, precision }),
          speech.word(key),
        );
      const rings = [];
      if (precisions.has("exact") || precisions.has("site")) rings.push(ring("exact", "ring_exact"));
      if (precisions.has("settlement")) rings.push(ring("settlement", "ring_settlement"));
      if (precisions.has("relative")) rings.push(ring("relative", "ring_relative"));
      const several = item(
        (c, x, y) =>
          symbols.cluster(c, x, y, {
            count: 3,
            label: speech.number(3),
            shares: [
              ["#b3261e", 2],
              ["#3d4754", 1],
            ],
            radius: 13,
          }),
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
      L.Control.prototype.initialize.call(this, { position: "bottomleft" });
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

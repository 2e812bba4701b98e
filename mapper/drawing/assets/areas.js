"use strict";
// The choropleth, and the way down from governorates to subdistricts.

(() => {
  const MEASURES = ["incidents", "killed", "wounded"];

  const Areas = IncidentMaps.PackedLayer.extend({
    _draw(map) {
      if (!this.hierarchy) this._prepare(map);
      this._board.areas.push(this);
      map.on("incidents:filtered", this._onFiltered);
      map.on("themechange", this._paint);
      this._show();
      map.getContainer().dataset.areas = this.table.rows("name");
    },

    // What stays when the layer is taken off the map and put back.
    _prepare(map) {
      this._renderer = L.svg({ pane: IncidentMaps.pane(map, "im-areas", 350), padding: 0.5 });
      this.hierarchy = new IncidentMaps.Hierarchy(this.head);
      this._row = new Map(this.head.pcodes.map((code, row) => [code, row]));
      this._counts = null;
      this._shapes = new Map();
      this._names = new Map();
      this._drawn = new Set();
      this._onFiltered = (event) => this._recount(event.counts);
      this._paint = this._paint.bind(this);
      this._board = IncidentMaps.Board.of(map);
      this._board.address.onChange(() => this._map && this._enter());
      [this.measure, this.per100k] = [this.head.measure, this.head.per100k];
      this._read();
      if (this.within !== null) this._fit({ animate: false });
    },

    _erase(map) {
      map.off("incidents:filtered", this._onFiltered);
      map.off("themechange", this._paint);
      this._board.areas = this._board.areas.filter((layer) => layer !== this);
      this._shapes.forEach((shape) => shape.remove());
      this._drawn = new Set();
      this._crumbs?.remove();
      this._crumbs = null;
      this._board.arrange();
    },

    // ---- going down and up

    // Show a level within an area, or, with null, of the whole country.
    go(level, within) {
      const keyed = this._shapes.get(Number(document.activeElement?.dataset?.area));
      [this.level, this.within] = [level, within];
      this._show();
      this._fit({});
      this._write();
      if (keyed && !keyed.getElement()?.isConnected) this.focus();
    },

    up() {
      if (this.within === null) return;
      const parent = this.hierarchy.parent(this.within);
      this.go(this.hierarchy.below(parent), parent);
    },

    // What a click on an area does: list what happened there, and open it if it has parts.
    open(row) {
      const { hierarchy } = this;
      this._map.fire("area:open", { code: this.head.pcodes[row], name: this.name(row) });
      if (hierarchy.children(row).length) this.go(hierarchy.below(row), row);
    },

    focus() {
      this._shapes.get(this._cut.shaded[0])?.getElement()?.focus();
    },

    name(row) {
      return this.table.text("name", row);
    },

    // The code of the area that is drawn for an area: itself, or a larger one; null if only its
    // parts are, undefined if it is not ours.
    standing(code) {
      const row = this._row.get(code);
      if (row === undefined) return undefined;
      const drawn = this._cut.standing[row];
      return drawn < 0 ? null : this.head.pcodes[drawn];
    },

    // What is known only to areas that are cut into parts here: level, codes, number.
    coarser() {
      const found = new Map();
      for (const row of this._cut.opened) {
        const parts = this.hierarchy.children(row).map((child) => this.number("incidents", child));
        const count = this.number("incidents", row) - parts.reduce((sum, part) => sum + part, 0);
        if (count <= 0) continue;
        const level = this.hierarchy.level(row);
        if (!found.has(level)) found.set(level, { level, count: 0, codes: [] });
        found.get(level).count += count;
        found.get(level).codes.push(this.head.pcodes[row]);
      }
      return [...found.values()];
    },

    _show() {
      const before = this._drawn;
      this._cut = this.hierarchy.cut(this.level, this.within);
      const drawn = [...this._cut.around, ...this._cut.shaded];
      const now = new Set(drawn);
      for (const row of before) if (!now.has(row)) this._shapes.get(row).remove();
      for (const row of drawn) this._shape(row).addTo(this._map).bringToFront();
      this._drawn = now;
      if (!this._hatch) this._hatch = IncidentMaps.shades.hatch(this._renderer._container);
      this._paint();
      this._map.fire("areas:shown");
      this._board.arrange();
    },

    _fit(options) {
      this._map.closePopup();
      if (this.within === null) {
        if (this._map.imView) this._map.setView(...this._map.imView, options);
        return;
      }
      const size = this._map.getSize();
      const wide = size.x > 1000;
      const drawer = this._map.getContainer().querySelector(".im-drawer:not([hidden])");
      // Clear of the boxes at the sides and, on a small page, above and below.
      const end = wide ? (drawer?.offsetWidth ?? 250) + 30 : 30;
      const start = wide ? Math.min(370, size.x - end - 420) : 30;
      const [left, right] = this.speech.direction === "rtl" ? [end, start] : [start, end];
      const foot = wide ? 30 : 130;
      this._map.fitBounds(this._shapeBounds(this.within), {
        paddingTopLeft: [left, foot],
        paddingBottomRight: [right, foot + this._board.covered()],
        maxZoom: 12,
        ...options,
      });
    },

    _shapeBounds(row) {
      return L.latLngBounds(IncidentMaps.latLngs(this.head.shapes[row], this.head.grid).flat(2));
    },

    // ---- what is chosen, in the page's address

    _write() {
      const { names } = this.hierarchy;
      this._board.address.write({
        in: this.within === null ? [] : [this.head.pcodes[this.within]],
        level:
          this.level === (this.within === null ? names[0] : this.hierarchy.below(this.within))
            ? []
            : [this.level],
        shade: this.measure === this.head.measure && this.per100k === this.head.per100k ? [] : [this._key()],
      });
    },

    // Another address was put into the page.
    _enter() {
      this._read();
      this._show();
      this._fit({});
    },

    _read() {
      const { address } = this._board;
      const [measure, per] = (address.one("shade") ?? "").split("_");
      if (MEASURES.includes(measure)) [this.measure, this.per100k] = [measure, Boolean(per)];
      const within = this._row.get(address.one("in")) ?? null;
      this.within = within !== null && this.hierarchy.children(within).length ? within : null;
      const first = this.hierarchy.below(this.within);
      const asked = address.one("level");
      this.level = this.hierarchy.names.includes(asked) && asked > first ? asked : first;
    },

    // ---- numbers

    // Change what the areas are shaded by.
    show(measure, per100k) {
      this.measure = measure;
      this.per100k = per100k;
      this._write();
      this._paint();
    },

    // Count anew after a filter; null goes back to all incidents.
    _recount(counts) {
      // Of several layers of incidents, which do the areas' numbers tell? All of them, unfiltered.
      if (this._board.incidents.length > 1) return;
      this._counts = counts && this._rolledUp(counts);
      this._paint();
    },

    // Each area's own incidents, and those of its parts.
    _rolledUp({ codes, ...counts }) {
      const rows = codes.map((code) => this._row.get(code));
      const found = {};
      for (const measure of MEASURES) {
        const sums = new Array(this.head.pcodes.length).fill(measure === "incidents" ? 0 : null);
        counts[measure].forEach((count, i) => {
          if (count === null || rows[i] === undefined) return;
          for (let at = rows[i]; at !== null; at = this.hierarchy.parent(at))
            sums[at] = (sums[at] ?? 0) + count;
        });
        found[measure] = sums;
      }
      // Where nothing happened nobody was harmed.
      for (const measure of ["killed", "wounded"]) {
        found.incidents.forEach((count, row) => count === 0 && (found[measure][row] = 0));
      }
      return found;
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

    // The values of the areas that are shaded now.
    values() {
      return this._cut.shaded.map((row) => this.value(row));
    },

    // The classes' upper limits: one scale for all areas of a level.
    limits() {
      const key = this._key();
      if (!this._counts) return this.head.limits[this.level][key];
      const rows = [...this.head.levels.keys()].filter((row) => this.head.levels[row] === this.level);
      const values = rows.map((row) => this.value(row)).filter((value) => value !== null);
      const { measure, per100k, breaks, scheme, classes } = this.head;
      const own = breaks.length && measure === this.measure && per100k === this.per100k;
      return own ? IncidentMaps.ownLimits(values, breaks) : IncidentMaps.classLimits(values, scheme, classes);
    },

    ramp(classes) {
      return this.head.ramps[IncidentMaps.dark() ? "dark" : "light"][classes];
    },

    _key() {
      return this.per100k ? `${this.measure}_per_100k` : this.measure;
    },

    // ---- shapes

    _shape(row) {
      if (!this._shapes.has(row)) {
        const latLngs = IncidentMaps.latLngs(this.head.shapes[row], this.head.grid);
        const options = { pane: "im-areas", renderer: this._renderer, className: "im-area" };
        const shape = L.polygon(latLngs, options);
        shape.on("add", () => this._listen(shape.getElement(), shape, row));
        this._shapes.set(row, shape);
      }
      return this._shapes.get(row);
    },

    _listen(path, shape, row) {
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "button");
      path.addEventListener("focus", () => {
        const point = this._map.latLngToContainerPoint(shape.getBounds().getCenter());
        if (path.matches(":focus-visible")) this._board.tip(this.tipFor(row), point);
      });
      path.addEventListener("blur", () => this._board.tip(null));
      path.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.up();
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        this.open(row);
      });
    },

    _paint() {
      const limits = this.limits();
      const ramp = this.ramp(limits.length);
      const shaded = new Set(this._cut.shaded);
      for (const row of this._drawn) {
        const path = this._shapes.get(row).getElement();
        const value = shaded.has(row) ? this.value(row) : undefined;
        const classed = value ? ramp[limits.findIndex((limit) => value <= limit + 1e-9)] : "";
        path.classList.toggle("im-around", value === undefined);
        path.classList.toggle("im-nodata", value === null);
        path.classList.toggle("im-zero", value === 0);
        // A style, not an attribute: it goes before the style sheet.
        path.style.fill = value === null ? `url(#${this._hatch})` : classed;
        path.style.fillOpacity = this.head.opacity;
        path.setAttribute("aria-label", this._facts(row).flat().join(" "));
        path.dataset.area = row;
        path.dataset.value = value ?? "";
        this._name(row, classed);
      }
      this._showCrumbs();
      this.fire("painted");
    },

    // An area's name stands on it, unless its badge says it.
    _name(row, fill) {
      if (!this._names.has(row)) {
        const level = this.head.levels[row];
        const label = this._board.labels.add({
          text: this.name(row),
          anchors: this.head.anchors[row],
          className: `im-governorate im-${level}`,
          rank: 1,
          bounds: level === this.hierarchy.names[0] ? null : this._shapeBounds(row),
          hidden: () =>
            !this._drawn.has(row) ||
            this._board.incidents.some((layer) => layer.badged(this.head.pcodes[row])),
        });
        this._names.set(row, label);
      }
      const { classList } = this._names.get(row);
      classList.toggle("im-on-dark", fill !== "" && IncidentMaps.shades.dim(fill));
      classList.toggle("im-on-light", fill !== "" && !IncidentMaps.shades.dim(fill));
    },

    // The way back, and what is known only to larger areas: made when first needed.
    _showCrumbs() {
      const top = this.within === null && this.level === this.hierarchy.names[0];
      if (top && !this._crumbs) return;
      this._crumbs ??= IncidentMaps.crumbs(this).addTo(this._map);
      this._crumbs.update();
    },

    // ---- what the pointer and the keyboard are told

    _facts(row) {
      const { speech } = this;
      const word = (key) => speech.word(key);
      return [
        [this.name(row)],
        [word("incidents"), speech.number(this.number("incidents", row))],
        [word("killed"), speech.number(this.number("killed", row))],
        [word("wounded"), speech.number(this.number("wounded", row))],
        [word("rate"), speech.rate(this.value(row, "incidents", true))],
      ];
    },

    tipFor(row) {
      const { el, said } = IncidentMaps;
      const [[name], ...facts] = this._facts(row);
      const parts = this.hierarchy.children(row).length;
      return el(
        "div",
        { dir: this.speech.direction },
        el("strong", {}, said(name)),
        el(
          "dl",
          {},
          facts.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]),
        ),
        parts
          ? el("div", { class: "im-muted" }, this.speech.word(`open_${this.hierarchy.below(row)}`))
          : null,
      );
    },

    hit(target) {
      const row = target?.dataset?.area;
      return row !== undefined && this._shapes.get(Number(row))?.getElement() === target ? Number(row) : null;
    },
  });

  IncidentMaps.areas = (id) => new Areas(id);
})();

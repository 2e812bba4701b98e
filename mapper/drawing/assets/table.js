"use strict";
// All that the filters leave as a table at the foot of the map. Only the rows in sight are made.

(() => {
  const { el, said } = IncidentMaps;
  const ROW = 32;
  const SPARE = 8;
  const BIG = 60 * ROW;

  IncidentMaps.IncidentTable = class IncidentTable {
    constructor(map, layer, filters) {
      Object.assign(this, { _map: map, _layer: layer, _rows: [], _order: null, _at: 0 });
      this._columns = columns(layer);
      this._make();
      map.getContainer().append(this._box);
      filters.onChange(() => this._box.hidden || this._fill());
      map.on("incident:shown", ({ row, layer: from }) => from === layer && this._point(row));
      map.on("resize", () => this._room());
    }

    toggle() {
      if (this._box.hidden) this._open();
      else this._close();
    }

    _make() {
      const { speech } = this._layer;
      this._heading = el("h2", { id: `im-table-${L.stamp(this)}`, tabindex: "-1" });
      const close = IncidentMaps.closeButton(speech, () => this._close());
      this._heads = this._columns.map((column) => this._head(column));
      this._space = el("div", { class: "im-table-space", role: "rowgroup" });
      this._body = el(
        "div",
        {
          class: "im-table",
          role: "grid",
          tabindex: "0",
          "aria-labelledby": this._heading.id,
          onscroll: () => this._paint(),
        },
        el(
          "div",
          { class: "im-table-head", role: "rowgroup" },
          el("div", { class: "im-table-row", role: "row", "aria-rowindex": "1" }, this._heads),
        ),
        this._space,
      );
      this._body.addEventListener("keydown", (event) => this._key(event));
      const files = IncidentMaps.downloadLinks(this._layer, () => this._rows);
      this._box = el(
        "section",
        {
          class: "im-panel im-dock",
          dir: speech.direction,
          lang: speech.language,
          hidden: true,
          "aria-labelledby": this._heading.id,
        },
        el("header", {}, this._heading, files, close),
        this._body,
      );
      this._box.addEventListener("keydown", (event) => event.key === "Escape" && this._close());
      L.DomEvent.disableClickPropagation(this._box);
      L.DomEvent.disableScrollPropagation(this._box);
    }

    _head(column) {
      const sort = () => {
        const again = this._order?.column === column;
        // A third click brings the source's order back.
        this._order =
          again && this._order.down !== column.down
            ? null
            : { column, down: again ? !column.down : column.down };
        this._fill();
      };
      const button = el(
        "button",
        { type: "button", onclick: sort },
        this._layer.speech.word(column.word),
        el("i", { "aria-hidden": "true" }),
      );
      return el("div", { role: "columnheader", class: column.className }, button);
    }

    _open() {
      this._from = document.activeElement;
      this._box.hidden = false;
      this._room();
      this._fill();
      this._body.focus({ preventScroll: true });
    }

    _close() {
      this._box.hidden = true;
      this._room();
      this._from?.focus?.({ preventScroll: true });
    }

    // The boxes at the foot of the map move up.
    _room() {
      const { classList, style } = this._map.getContainer();
      classList.toggle("im-docked", !this._box.hidden);
      style.setProperty("--im-dock", this._box.hidden ? "0px" : `${this._box.offsetHeight}px`);
    }

    _fill() {
      const { speech } = this._layer;
      this._rows = this._layer.rows(() => true);
      if (this._order) sort(this._rows, this._order);
      this._heads.forEach((head, i) => {
        const mine = this._order?.column === this._columns[i];
        head.setAttribute("aria-sort", mine ? (this._order.down ? "descending" : "ascending") : "none");
      });
      this._heading.textContent = speech.word("table_shown", { all: speech.incidents(this._rows.length) });
      this._body.setAttribute("aria-rowcount", this._rows.length + 1);
      this._space.style.height = `${this._rows.length * ROW}px`;
      this._at = Math.min(this._at, Math.max(0, this._rows.length - 1));
      this._painted = null;
      this._paint();
    }

    // Make the rows that are in sight, and some around them.
    _paint() {
      const first = Math.max(0, Math.floor(this._body.scrollTop / ROW) - SPARE);
      const count = Math.ceil((this._body.clientHeight || BIG) / ROW) + 2 * SPARE;
      if (this._painted === first) return;
      this._painted = first;
      const rows = this._rows.slice(first, first + count);
      this._space.replaceChildren(...rows.map((row, i) => this._line(row, first + i)));
      this._mark();
    }

    _line(row, at) {
      const cells = this._columns.map((column) =>
        el("div", { role: "gridcell", class: column.className }, column.show(row)),
      );
      const go = () => {
        this._at = at;
        this._mark();
        this._visit(false);
      };
      return el(
        "div",
        {
          class: "im-table-row",
          role: "row",
          id: this._id(at),
          "aria-rowindex": at + 2,
          style: `top: ${at * ROW}px`,
          onclick: go,
        },
        cells,
      );
    }

    _id(at) {
      return `im-row-${L.stamp(this)}-${at}`;
    }

    _mark() {
      for (const line of this._space.children)
        line.setAttribute("aria-selected", String(line.id === this._id(this._at)));
      const shown = this._space.querySelector(`#${this._id(this._at)}`);
      if (shown) this._body.setAttribute("aria-activedescendant", shown.id);
      else this._body.removeAttribute("aria-activedescendant");
    }

    _key(event) {
      if (event.target !== this._body) return;
      const page = Math.max(1, Math.floor(this._body.clientHeight / ROW) - 2);
      const moves = {
        ArrowDown: 1,
        ArrowUp: -1,
        PageDown: page,
        PageUp: -page,
        Home: -Infinity,
        End: Infinity,
      };
      if (event.key === "Enter" || event.key === " ") this._visit(true);
      else if (event.key in moves) this._move(this._at + moves[event.key]);
      else return;
      event.preventDefault();
    }

    _move(to) {
      this._at = Math.max(0, Math.min(this._rows.length - 1, to));
      const top = this._at * ROW;
      const room = this._body.clientHeight - 2 * ROW;
      if (top < this._body.scrollTop) this._body.scrollTop = top;
      else if (top > this._body.scrollTop + room) this._body.scrollTop = top - room;
      this._paint();
      this._mark();
    }

    _visit(focus) {
      const row = this._rows[this._at];
      if (row === undefined) return;
      this._layer.visit(row, focus);
    }

    // An incident was opened on the map: show its row.
    _point(row) {
      if (this._box.hidden) return;
      const at = this._rows.indexOf(row);
      if (at >= 0 && at !== this._at) this._move(at);
    }
  };

  // What the columns show, and the numbers they are sorted by.
  function columns(layer) {
    const { table, speech } = layer;
    const text = (name, row) => table.text(name, row);
    const count = (name) => ({
      word: name,
      className: "im-number",
      down: true,
      show: (row) => (table.number(name, row) === null ? "" : speech.number(table.number(name, row))),
      keys: () => table.array(name),
    });
    const where = (row) => text("place_name", row) || text("place", row) || text("admin1", row);
    return [
      { word: "date", show: (row) => said(speech.date(table, row, true)), keys: () => table.array("date") },
      {
        word: "filter_type",
        show: (row) => speech.event(layer.type(row)),
        keys: () => ranked(layer, (row) => speech.event(layer.type(row))),
      },
      { word: "place", show: (row) => said(where(row)), keys: () => ranked(layer, where) },
      {
        word: "placed",
        show: (row) => placed(layer, row),
        keys: () => ranked(layer, (row) => placed(layer, row)),
      },
      count("killed"),
      count("wounded"),
      {
        word: "title",
        className: "im-wide",
        show: (row) => said(text("title", row) || text("notes", row) || text("quote", row)),
        keys: () => ranked(layer, (row) => text("title", row) || text("notes", row) || text("quote", row)),
      },
      {
        word: "source",
        show: (row) => said(text("source", row)),
        keys: () => ranked(layer, (row) => text("source", row)),
      },
    ];
  }

  function placed(layer, row) {
    const { table, speech } = layer;
    if (table.array("stands")[row] !== 2) return speech.word(`precision_${table.text("precision", row)}`);
    return speech.word(`reason_${layer.head.reasons[table.array("reason")[row]]}`);
  }

  // Each row's place in the order of its texts; nothing comes last.
  function ranked(layer, text) {
    const values = Array.from({ length: layer.length }, (_, row) => text(row));
    const order = new Intl.Collator(layer.speech.language).compare;
    const distinct = [...new Set(values)].filter(Boolean).sort(order);
    const ranks = new Map(distinct.map((value, rank) => [value, rank]));
    return Float64Array.from(values, (value) => ranks.get(value) ?? NaN);
  }

  // Sort by numbers; rows with the same keep their order, and those without one come last.
  function sort(rows, { column, down }) {
    column.sorted ??= column.keys();
    const keys = column.sorted;
    const missing = (key) => Number.isNaN(key) || key === IncidentMaps.Table.MISSING;
    const way = down ? -1 : 1;
    rows.sort(
      (a, b) =>
        missing(keys[a]) - missing(keys[b]) || (missing(keys[a]) ? 0 : way * (keys[a] - keys[b])) || a - b,
    );
  }
})();

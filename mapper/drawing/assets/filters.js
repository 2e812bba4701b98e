"use strict";
// Which incidents are shown. Each filter has a bit; an incident stays while no bit is set for it.

(function () {
  const BITS = { text: 1, harm: 2, time: 4, type: 8, precision: 16, source: 32, actor: 64 };
  const FACETS = ["type", "precision", "source", "actor"];
  const COLUMNS = {
    type: ["event_type"],
    precision: ["precision"],
    source: ["source"],
    actor: ["actor1", "actor2"],
  };
  const SEARCHED = ["title", "place", "place_name", "actor1", "actor2", "notes", "quote", "source"];

  IncidentMaps.Filters = class Filters {
    constructor(layer) {
      this._layer = layer;
      this._table = layer.table;
      this._fails = new Uint8Array(layer.table.length);
      this.state = { text: "", harm: "", from: null, to: null };
      this.facets = {};
      for (const name of FACETS) {
        const facet = this._facet(COLUMNS[name]);
        if (facet) [this.facets[name], this.state[name]] = [facet, new Set()];
      }
      this._listeners = [];
      this._timer = null;
      this._read();
    }

    onChange(listener) {
      this._listeners.push(listener);
    }

    get active() {
      const { text, harm, from, ...facets } = this.state;
      return Boolean(text || harm || from !== null || FACETS.some((name) => facets[name]?.size));
    }

    // Change part of the state: { text }, { harm }, { from, to } or a facet's set of values.
    change(part) {
      Object.assign(this.state, part);
      for (const name of Object.keys(part)) this._test(name === "from" || name === "to" ? "time" : name);
      this._show();
    }

    reset() {
      const blank = { text: "", harm: "", from: null, to: null };
      for (const name of Object.keys(this.facets)) blank[name] = new Set();
      this.change(blank);
    }

    // How many incidents each value of a facet has, of those that the other filters leave.
    tally(name) {
      const { columns, values } = this.facets[name];
      const counts = new Uint32Array(values.length);
      const others = ~BITS[name];
      for (let row = 0; row < this._fails.length; row++) {
        if (this._fails[row] & others) continue;
        const first = columns[0][row];
        counts[first]++;
        const second = columns[1]?.[row];
        if (second !== undefined && second !== first && second) counts[second]++;
      }
      return counts;
    }

    // Whether a row passes all filters but the one for time.
    passes(row) {
      return !(this._fails[row] & ~BITS.time);
    }

    _show() {
      const kept = new Uint8Array(this._fails.length);
      for (let row = 0; row < kept.length; row++) kept[row] = this._fails[row] ? 0 : 1;
      this._layer.keep(kept);
      this._listeners.forEach((listener) => listener());
      clearTimeout(this._timer);
      this._timer = setTimeout(() => this._write(), 300);
    }

    // The values of one or two columns as numbers into one list; 0 is "not known".
    _facet(names) {
      const lists = names.map((name) => this._table.choices(name));
      if (lists.some((list) => list === null)) return null;
      const values = [""];
      const codes = new Map([["", 0]]);
      const columns = names.map((name, i) => {
        const recode = [0, ...lists[i]].map((value) => {
          if (!value) return 0;
          if (!codes.has(value)) codes.set(value, values.push(value) - 1);
          return codes.get(value);
        });
        return Uint32Array.from(this._table.array(name), (code) => recode[code]);
      });
      return values.length > 1 ? { columns, values } : null;
    }

    _test(name) {
      const bit = BITS[name];
      const test = this[`_${name}Test`] ? this[`_${name}Test`]() : this._facetTest(name);
      for (let row = 0; row < this._fails.length; row++) {
        if (test && !test(row)) this._fails[row] |= bit;
        else this._fails[row] &= ~bit;
      }
    }

    _facetTest(name) {
      const wanted = this.state[name];
      if (!wanted?.size) return null;
      const { columns, values } = this.facets[name];
      const passes = values.map((value) => wanted.has(value));
      const [first, second] = columns;
      if (!second) return (row) => passes[first[row]];
      return (row) => passes[first[row]] || (second[row] && passes[second[row]]);
    }

    _harmTest() {
      const killed = this._table.array("killed");
      const wounded = this._table.array("wounded");
      const tests = {
        killed: (row) => killed[row] > 0,
        harmed: (row) => killed[row] > 0 || wounded[row] > 0,
        unknown: (row) => killed[row] < 0 && wounded[row] < 0,
      };
      return tests[this.state.harm];
    }

    _timeTest() {
      const { from, to } = this.state;
      if (from === null) return null;
      const first = this._table.array("date");
      const last = this._table.array("date_end");
      const missing = IncidentMaps.Table.MISSING;
      return (row) =>
        first[row] !== missing && first[row] <= to && Math.max(first[row], last[row]) >= from;
    }

    _textTest() {
      const words = plain(this.state.text).split(/\s+/).filter(Boolean);
      if (!words.length) return null;
      this._words ??= Array.from({ length: this._table.length }, (_, row) =>
        plain(SEARCHED.map((name) => this._table.text(name, row)).join("\n")),
      );
      return (row) => words.every((word) => this._words[row].includes(word));
    }

    // ---- the state in the page's address, so that a view can be sent

    _write() {
      const said = new URLSearchParams();
      const { text, harm, from, to } = this.state;
      if (text) said.set("text", text);
      if (harm) said.set("harm", harm);
      if (from !== null) said.set("days", `${from}..${to}`);
      for (const name of Object.keys(this.facets)) {
        for (const value of this.state[name]) said.append(name, value);
      }
      const hash = String(said);
      try {
        history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
      } catch {
        // A page inside another, as in a notebook, has no address of its own.
      }
    }

    _read() {
      const said = new URLSearchParams(location.hash.slice(1));
      const part = {};
      if (said.get("text")) part.text = said.get("text");
      if (["killed", "harmed", "unknown"].includes(said.get("harm"))) part.harm = said.get("harm");
      const days = /^(-?\d+)\.\.(-?\d+)$/.exec(said.get("days") || "");
      if (days) [part.from, part.to] = [Number(days[1]), Number(days[2])];
      for (const [name, { values }] of Object.entries(this.facets)) {
        const known = said.getAll(name).filter((value) => values.includes(value));
        if (known.length) part[name] = new Set(known);
      }
      if (Object.keys(part).length) this.change(part);
    }
  };

  // Text as it is compared: without case, accents and the vowel marks of Arabic.
  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, "").toLowerCase();
  }
})();

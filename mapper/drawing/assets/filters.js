"use strict";
// Which incidents are shown. Each filter has a bit; an incident stays while no bit is set for it.

(() => {
  const BITS = { text: 1, harm: 2, time: 4, type: 8, precision: 16, source: 32, actor: 64 };
  const FACETS = ["type", "precision", "source", "actor"];
  const COLUMNS = {
    type: ["event_type"],
    precision: ["precision"],
    source: ["source"],
    actor: ["actor1", "actor2"],
  };
  const HARMS = ["killed", "harmed", "unknown"];
  const SEARCHED = ["title", "place", "place_name", "actor1", "actor2", "notes", "quote", "source"];

  IncidentMaps.Filters = class Filters {
    constructor(layer) {
      this._layer = layer;
      this._table = layer.table;
      this._fails = new Uint8Array(layer.length);
      this._search = new IncidentMaps.Search(layer.table, SEARCHED);
      this._address = IncidentMaps.Board.of(layer._map).address;
      this.facets = {};
      for (const name of FACETS) {
        const facet = this._facet(COLUMNS[name]);
        if (facet) this.facets[name] = facet;
      }
      this.state = this._blank();
      this._listeners = [];
      this._read();
      this._address.onChange(() => this._read(true));
      this._search.prepare((step) => (window.requestIdleCallback ?? setTimeout)(step));
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
      for (const name of new Set(Object.keys(part).map(filterOf))) this._test(name);
      this._show();
      this._write();
    }

    reset() {
      this.change(this._blank());
    }

    // How many incidents each value of a facet has, of those that the other filters leave.
    tally(name) {
      const { columns, values } = this.facets[name];
      const counts = new Uint32Array(values.length);
      const others = ~BITS[name];
      const [first, second] = columns;
      for (let row = 0; row < this._fails.length; row++) {
        if (this._fails[row] & others) continue;
        counts[first[row]]++;
        if (second?.[row] && second[row] !== first[row]) counts[second[row]]++;
      }
      return counts;
    }

    // How many incidents each choice of harm has, of those that the other filters leave.
    tallyHarm() {
      const tests = this._harmTests();
      const counts = { any: 0, killed: 0, harmed: 0, unknown: 0 };
      for (let row = 0; row < this._fails.length; row++) {
        if (this._fails[row] & ~BITS.harm) continue;
        counts.any++;
        for (const harm of HARMS) if (tests[harm](row)) counts[harm]++;
      }
      return counts;
    }

    // Whether a row passes all filters but the one for time.
    passes(row) {
      return !(this._fails[row] & ~BITS.time);
    }

    _show() {
      this._layer.keep(this._fails.map((bits) => (bits ? 0 : 1)));
      this._listeners.forEach((listener) => listener());
    }

    _blank() {
      const blank = { text: "", harm: "", from: null, to: null };
      for (const name of Object.keys(this.facets)) blank[name] = new Set();
      return blank;
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
      const tests = {
        text: () => this._textTest(),
        harm: () => this._harmTests()[this.state.harm],
        time: () => this._timeTest(),
      };
      const test = tests[name] ? tests[name]() : this._facetTest(name);
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

    _harmTests() {
      const killed = this._table.array("killed");
      const wounded = this._table.array("wounded");
      return {
        killed: (row) => killed[row] > 0,
        harmed: (row) => killed[row] > 0 || wounded[row] > 0,
        unknown: (row) => killed[row] < 0 && wounded[row] < 0,
      };
    }

    _timeTest() {
      const { from, to } = this.state;
      if (from === null) return null;
      const first = this._table.array("date");
      const last = this._table.array("date_end");
      const missing = IncidentMaps.Table.MISSING;
      return (row) => first[row] !== missing && first[row] <= to && Math.max(first[row], last[row]) >= from;
    }

    _textTest() {
      const found = this._search.find(this.state.text);
      return found && ((row) => found[row]);
    }

    // ---- the state in the page's address, so that a view can be sent

    _write() {
      const { text, harm, from, to } = this.state;
      const facets = Object.keys(this.facets).map((name) => [name, [...this.state[name]]]);
      this._address.write({
        text: text ? [text] : [],
        harm: harm ? [harm] : [],
        days: from === null ? [] : [`${from}..${to}`],
        ...Object.fromEntries(facets),
      });
    }

    _read(all = false) {
      const part = {};
      if (this._address.one("text")) part.text = this._address.one("text");
      if (HARMS.includes(this._address.one("harm"))) part.harm = this._address.one("harm");
      const days = /^(-?\d+)\.\.(-?\d+)$/.exec(this._address.one("days") ?? "");
      if (days) [part.from, part.to] = [Number(days[1]), Number(days[2])];
      for (const [name, { values }] of Object.entries(this.facets)) {
        const known = this._address.all(name).filter((value) => values.includes(value));
        if (known.length) part[name] = new Set(known);
      }
      if (all) this.change({ ...this._blank(), ...part });
      else if (Object.keys(part).length) this.change(part);
    }
  };

  function filterOf(key) {
    return key === "from" || key === "to" ? "time" : key;
  }
})();

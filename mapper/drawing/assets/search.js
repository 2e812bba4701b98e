"use strict";
// Words in the incidents' texts. A column is searched as one long string, not row by row.

(() => {
  const END = "\0";

  IncidentMaps.Search = class Search {
    constructor(table, names) {
      this._table = table;
      this._rows = table.rows(names[0]);
      this._columns = names.map((name) =>
        table.choices(name) ? new Choices(table, name) : new Texts(table, name),
      );
    }

    // Make what searching needs, a column at a time, while nothing else is to be done.
    prepare(idle) {
      const waiting = [...this._columns];
      const next = () => {
        waiting.shift()?.prepare();
        if (waiting.length) idle(next);
      };
      idle(next);
    }

    // 1 for each row that has all words of a text in one column or another; null for no words.
    find(text) {
      const words = plain(text).split(/\s+/).filter(Boolean);
      if (!words.length) return null;
      const found = words.map((word) => {
        const hits = new Uint8Array(this._rows);
        for (const column of this._columns) column.mark(word, hits);
        return hits;
      });
      return found.reduce((all, hits) => all.map((hit, row) => hit & hits[row]));
    }
  };

  // A column of few different strings: each is looked at once.
  class Choices {
    constructor(table, name) {
      Object.assign(this, { _table: table, _name: name });
    }

    prepare() {
      this._plain ??= ["", ...this._table.choices(this._name).map(plain)];
    }

    mark(word, hits) {
      this.prepare();
      const fits = this._plain.map((text) => text.includes(word));
      if (!fits.includes(true)) return;
      const codes = this._table.array(this._name);
      for (let row = 0; row < hits.length; row++) if (fits[codes[row]]) hits[row] = 1;
    }
  }

  // A column of many different strings, each ended by a zero character.
  class Texts {
    constructor(table, name) {
      Object.assign(this, { _table: table, _name: name });
    }

    prepare() {
      if (this._plain !== undefined) return;
      this._plain = plain(this._table.wholeText(this._name));
      this._ends = new Uint32Array(this._table.rows(this._name));
      for (let row = 0, end = -1; row < this._ends.length; row++) {
        this._ends[row] = end = this._plain.indexOf(END, end + 1);
      }
    }

    mark(word, hits) {
      this.prepare();
      let row = 0;
      for (let at = this._plain.indexOf(word); at >= 0; at = this._plain.indexOf(word, this._ends[row])) {
        while (this._ends[row] < at) row++;
        hits[row] = 1;
      }
    }
  }

  // Text as it is compared: without case, accents and the vowel marks of Arabic.
  function plain(text) {
    // Most text needs none of the slow steps.
    if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase();
    return text
      .normalize("NFKD")
      .replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, "")
      .toLowerCase();
  }
})();

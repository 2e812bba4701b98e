"use strict";
// The maps' script. Each file adds to IncidentMaps; L is Leaflet.
var IncidentMaps = window.IncidentMaps || {};

// Unpack what mapper/drawing/columns.py packed; the layout is described there.
IncidentMaps.Table = class Table {
  static async from(base64) {
    const bytes = Table._bytes(base64);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Table(await new Response(stream).arrayBuffer());
  }

  constructor(buffer) {
    const length = new DataView(buffer).getUint32(0, true);
    this.head = JSON.parse(Table._utf8.decode(new Uint8Array(buffer, 4, length)));
    this._body = new Uint8Array(buffer, 4 + length);
    this._arrays = new Map();
    this._ends = new Map();
  }

  // How many values a column has.
  rows(name) {
    return this.head.columns[name].rows;
  }

  // The numbers of a column; of choices, their places in choices(name), 0 if missing.
  array(name) {
    if (!this._arrays.has(name)) this._arrays.set(name, this._read(this.head.columns[name]));
    return this._arrays.get(name);
  }

  // Put in a column that was worked out from others.
  add(name, values) {
    this.head.columns[name] = { rows: values.length };
    this._arrays.set(name, values);
  }

  choices(name) {
    return this.head.columns[name].choices || null;
  }

  // One number, or null where it is missing.
  number(name, row) {
    const value = this.array(name)[row];
    const { choices } = this.head.columns[name];
    if (choices) return value ? choices[value - 1] : null;
    return value === Table.MISSING || Number.isNaN(value) ? null : value;
  }

  // One string; empty where it is missing.
  text(name, row) {
    const { choices, at } = this.head.columns[name];
    if (choices) {
      const code = this.array(name)[row];
      return code ? choices[code - 1] : "";
    }
    const ends = this._textEnds(name);
    const start = row ? ends[row - 1] + 1 : 0;
    return Table._utf8.decode(this._body.subarray(at + start, at + ends[row]));
  }

  // All strings of a column that has no choices as one, each ended by a zero character.
  wholeText(name) {
    const { at, size } = this.head.columns[name];
    return Table._utf8.decode(this._body.subarray(at, at + size));
  }

  _textEnds(name) {
    if (!this._ends.has(name)) {
      const { at, size, rows } = this.head.columns[name];
      const bytes = this._body.subarray(at, at + size);
      const ends = new Uint32Array(rows);
      for (let row = 0, end = -1; row < rows; row++) ends[row] = end = bytes.indexOf(0, end + 1);
      this._ends.set(name, ends);
    }
    return this._ends.get(name);
  }

  _read(column) {
    const { kind, rows, at, low } = column;
    if (kind === "f32") return new Float32Array(this._body.slice(at, at + 4 * rows).buffer);
    const codes = at === undefined ? new Uint8Array(rows) : this._codes(column);
    if (kind === "choice") return codes;
    const values = new Int32Array(rows);
    if (kind === "steps") {
      for (let row = 0, value = 0; row < rows; row++) values[row] = value += codes[row] - 1 + low;
    } else {
      for (let row = 0; row < rows; row++) values[row] = codes[row] ? codes[row] - 1 + low : Table.MISSING;
    }
    return values;
  }

  // Numbers whose bytes lie apart, put together.
  _codes({ rows, at, size }) {
    const plane = (byte) => this._body.subarray(at + byte * rows, at + (byte + 1) * rows);
    if (size === 1) return plane(0);
    const codes =
      size === 2 ? new Uint16Array(rows) : size <= 4 ? new Uint32Array(rows) : new Float64Array(rows);
    for (let byte = 0; byte < size; byte++) {
      const bytes = plane(byte);
      const scale = 2 ** (8 * byte);
      for (let row = 0; row < rows; row++) codes[row] += bytes[row] * scale;
    }
    return codes;
  }

  static _bytes(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  }
};

IncidentMaps.Table.MISSING = -(2 ** 31);
IncidentMaps.Table._utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

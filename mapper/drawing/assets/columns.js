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
    const start = 4 + length;
    this.head = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    this.length = this.head.rows;
    this._buffer = buffer;
    this._start = start + ((8 - (start % 8)) % 8);
    this._arrays = new Map();
  }

  // The numbers of a column: values, or for choices the places in choices(name), 0 if missing.
  array(name) {
    if (!this._arrays.has(name)) this._arrays.set(name, this._read(this.head.columns[name]));
    return this._arrays.get(name);
  }

  choices(name) {
    return this.head.columns[name].choices || null;
  }

  // One number, or null where it is missing.
  number(name, row) {
    const value = this.array(name)[row];
    return value === Table.MISSING || Number.isNaN(value) ? null : value;
  }

  // One string; empty where it is missing.
  text(name, row) {
    const column = this.head.columns[name];
    if (column.kind === "choice") {
      const code = this.array(name)[row];
      return code ? column.choices[code - 1] : "";
    }
    const ends = this.array(name);
    const start = row ? ends[row - 1] : 0;
    const at = this._start + column.bytes + start;
    return Table._utf8.decode(new Uint8Array(this._buffer, at, ends[row] - start));
  }

  _read(column) {
    const at = this._start + column.at;
    const kinds = { i32: Int32Array, f32: Float32Array, f64: Float64Array, text: Uint32Array };
    const sizes = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array };
    const Kind = kinds[column.kind] || sizes[column.size];
    return new Kind(this._buffer, at, this.length);
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
IncidentMaps.Table._utf8 = new TextDecoder();

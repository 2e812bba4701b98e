"use strict";
// Group marks that would overlap. Works on typed arrays: a hundred thousand take some milliseconds.

IncidentMaps.Clusters = class Clusters {
  // x, y: where each mark lies in the world's square, 0 to 1; NaN for an incident without a mark.
  constructor(x, y) {
    this._x = x;
    this._y = y;
  }

  // Return groups for a zoom: rows, x and y in pixels of that zoom, and how far its marks spread.
  at(zoom, kept, radius, cell = 52) {
    const scale = 256 * 2 ** zoom;
    const columns = Math.ceil(scale / cell) + 1;
    const cells = new Map();
    for (let row = 0; row < this._x.length; row++) {
      const x = this._x[row] * scale;
      if (!kept[row] || x !== x) continue;
      const y = this._y[row] * scale;
      const key = Math.floor(y / cell) * columns + Math.floor(x / cell);
      let group = cells.get(key);
      if (!group) cells.set(key, (group = { key, rows: [], x: 0, y: 0 }));
      group.rows.push(row);
      group.x += x;
      group.y += y;
    }
    for (const group of cells.values()) {
      group.x /= group.rows.length;
      group.y /= group.rows.length;
    }
    return Clusters._merge([...cells.values()], radius).map((group) => this._measure(group, scale));
  }

  // Cells cut crowds apart: join groups whose circles overlap, the largest first.
  static _merge(groups, radius) {
    const order = (a, b) => b.rows.length - a.rows.length || a.key - b.key;
    groups.sort(order);
    for (const group of groups) group.radius = radius(group.rows.length);
    for (let joined = true; joined; ) {
      joined = false;
      for (let i = 0; i < groups.length; i++) {
        const group = groups[i];
        if (!group) continue;
        for (let j = i + 1; j < groups.length; j++) {
          const other = groups[j];
          if (!other || !Clusters._touch(group, other)) continue;
          Clusters._join(group, other);
          group.radius = radius(group.rows.length);
          groups[j] = null;
          joined = true;
        }
      }
    }
    return groups.filter(Boolean).sort(order);
  }

  static _touch(a, b) {
    const room = a.radius + b.radius;
    const dx = a.x - b.x;
    const dy = a.y - b.y;
    return dx < room && dx > -room && dx * dx + dy * dy < room * room;
  }

  static _join(group, other) {
    const total = group.rows.length + other.rows.length;
    group.x = (group.x * group.rows.length + other.x * other.rows.length) / total;
    group.y = (group.y * group.rows.length + other.y * other.rows.length) / total;
    group.rows = group.rows.concat(other.rows);
  }

  _measure(group, scale) {
    let [west, north, east, south] = [1, 1, 0, 0];
    for (const row of group.rows) {
      west = Math.min(west, this._x[row]);
      east = Math.max(east, this._x[row]);
      north = Math.min(north, this._y[row]);
      south = Math.max(south, this._y[row]);
    }
    group.bounds = { west, north, east, south };
    // One spot: no zooming tells the marks apart.
    group.together = Math.max(east - west, south - north) * scale < 1e-6 * scale;
    return group;
  }

  // Where a latitude and longitude lie in the world's square (Web Mercator).
  static project(longitude, latitude) {
    const sine = Math.sin((latitude * Math.PI) / 180);
    return [
      longitude / 360 + 0.5,
      0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI),
    ];
  }
};

"use strict";
// Group marks that would overlap. Works on spots, of which there are far fewer than incidents.

(() => {
  // What is drawn as one: some spots, and how many incidents happen there.
  class Group {
    constructor(clusters, key) {
      Object.assign(this, { _clusters: clusters, key, spots: [], count: 0, x: 0, y: 0 });
    }

    // Take in spots that lie together at a place.
    add(spots, count, x, y) {
      const total = this.count + count;
      this.x = (this.x * this.count + x * count) / total;
      this.y = (this.y * this.count + y * count) / total;
      this.count = total;
      if (spots.length === 1) this.spots.push(spots[0]);
      else this.spots = this.spots.concat(spots);
    }

    get rows() {
      return (this._rows ??= this._clusters.rowsAt(this.spots));
    }

    // How far the spots spread, in the world's square.
    get bounds() {
      const { x, y } = this._clusters;
      let [west, north, east, south] = [1, 1, 0, 0];
      for (const spot of this.spots) {
        west = Math.min(west, x[spot]);
        east = Math.max(east, x[spot]);
        north = Math.min(north, y[spot]);
        south = Math.max(south, y[spot]);
      }
      return { west, north, east, south };
    }

    // One spot, or nearly: no zooming tells the marks apart.
    get together() {
      const { west, north, east, south } = this.bounds;
      return Math.max(east - west, south - north) < 1e-6;
    }
  }

  IncidentMaps.Clusters = class Clusters {
    // x, y: where each spot lies in the world's square, 0 to 1; spotOf: each incident's spot, below
    // zero for those without.
    constructor(x, y, spotOf) {
      Object.assign(this, { x, y, _spotOf: spotOf });
      // The incidents of each spot stand together in one list, from _starts[spot].
      this._starts = new Uint32Array(x.length + 1);
      for (const spot of spotOf) if (spot >= 0) this._starts[spot + 1]++;
      for (let spot = 0; spot < x.length; spot++) this._starts[spot + 1] += this._starts[spot];
      this._rows = new Uint32Array(this._starts[x.length]);
      const next = this._starts.slice();
      for (let row = 0; row < spotOf.length; row++) {
        if (spotOf[row] >= 0) this._rows[next[spotOf[row]]++] = row;
      }
    }

    // Return the groups for a zoom, their x and y in its pixels, the largest first.
    at(zoom, kept, radius, cell = 52) {
      this._kept = kept;
      const scale = 256 * 2 ** zoom;
      const columns = Math.ceil(scale / cell) + 1;
      const counts = new Uint32Array(this.x.length);
      for (let row = 0; row < kept.length; row++)
        if (kept[row] && this._spotOf[row] >= 0) counts[this._spotOf[row]]++;
      const cells = new Map();
      for (let spot = 0; spot < counts.length; spot++) {
        if (!counts[spot]) continue;
        const x = this.x[spot] * scale;
        const y = this.y[spot] * scale;
        const key = Math.floor(y / cell) * columns + Math.floor(x / cell);
        let group = cells.get(key);
        if (!group) cells.set(key, (group = new Group(this, key)));
        group.add([spot], counts[spot], x, y);
      }
      return merge([...cells.values()], radius);
    }

    // The incidents at some spots that the filters leave.
    rowsAt(spots) {
      const found = [];
      for (const spot of spots) {
        for (let i = this._starts[spot]; i < this._starts[spot + 1]; i++) {
          if (this._kept[this._rows[i]]) found.push(this._rows[i]);
        }
      }
      return found.sort((a, b) => a - b);
    }

    // Where a latitude and longitude lie in the world's square (Web Mercator).
    static project(longitude, latitude) {
      const sine = Math.sin((latitude * Math.PI) / 180);
      return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
    }
  };

  // Cells cut crowds apart: join groups whose circles overlap, the largest first.
  function merge(groups, radius) {
    const order = (a, b) => b.count - a.count || a.key - b.key;
    groups.sort(order);
    for (const group of groups) group.radius = radius(group.count);
    for (let joined = true; joined; ) {
      joined = false;
      for (let i = 0; i < groups.length; i++) {
        const group = groups[i];
        if (!group) continue;
        for (let j = i + 1; j < groups.length; j++) {
          const other = groups[j];
          if (!other || !touch(group, other)) continue;
          group.add(other.spots, other.count, other.x, other.y);
          group.radius = radius(group.count);
          groups[j] = null;
          joined = true;
        }
      }
    }
    return groups.filter(Boolean).sort(order);
  }

  function touch(a, b) {
    const room = a.radius + b.radius;
    const dx = a.x - b.x;
    const dy = a.y - b.y;
    return dx < room && dx > -room && dx * dx + dy * dy < room * room;
  }
})();

"use strict";
// Areas within areas: which of them stand on the map when one has drilled down to a part.

IncidentMaps.Hierarchy = class Hierarchy {
  // levels: of each area, such as "adm1"; parents: the number of the area that holds it, or null.
  constructor({ levels, parents }) {
    this._levels = levels;
    this._parents = parents;
    this.names = [...new Set(levels)].sort();
    this._children = levels.map(() => []);
    this._roots = [];
    parents.forEach((parent, row) => {
      if (parent === null) this._roots.push(row);
      else this._children[parent].push(row);
    });
  }

  level(row) {
    return this._levels[row];
  }

  children(row) {
    return this._children[row];
  }

  parent(row) {
    return this._parents[row];
  }

  // An area and all that hold it, the largest first.
  path(row) {
    const path = [];
    for (let at = row; at !== null; at = this._parents[at]) path.unshift(at);
    return path;
  }

  // The level below an area; below none, the first.
  below(row) {
    return row === null ? this.names[0] : this._levels[this._children[row][0]];
  }

  // What is drawn of a level within an area (or null for all): the areas to shade, those around
  // them, those that are cut into smaller ones, and which of the drawn stands for each area.
  cut(level, within) {
    const path = new Set(within === null ? [] : this.path(within));
    const found = {
      shaded: [],
      around: [],
      opened: [],
      standing: new Int32Array(this._levels.length).fill(-1),
    };
    const walk = (row, above) => {
      const inside = above || row === within;
      if (inside && this._levels[row] === level) found.shaded.push(row);
      else if ((inside || path.has(row)) && this._children[row].length) {
        found.opened.push(row);
        this._children[row].forEach((child) => walk(child, inside));
        return;
      } else found.around.push(row);
      this._mark(found.standing, row, row);
    };
    this._roots.forEach((row) => walk(row, within === null));
    return found;
  }

  _mark(standing, row, drawn) {
    standing[row] = drawn;
    for (const child of this._children[row]) this._mark(standing, child, drawn);
  }
};

"use strict";
// What is chosen, in the page's address, so that a view can be sent.

(() => {
  const WAIT = 300;
  let maps = 0;

  // Each map of a page has keys of its own.
  IncidentMaps.Address = class Address {
    constructor() {
      this._prefix = maps++ ? `${maps}.` : "";
      this._told = new Map();
      this._listeners = [];
      window.addEventListener("hashchange", () => this._listeners.forEach((listener) => listener()));
    }

    // The values that a key has in the address.
    all(key) {
      return new URLSearchParams(location.hash.slice(1)).getAll(this._prefix + key);
    }

    one(key) {
      return this.all(key)[0] ?? null;
    }

    // Call a function when somebody puts another address into the same page.
    onChange(listener) {
      this._listeners.push(listener);
    }

    // Write keys and their values; an empty list removes a key.
    write(part) {
      for (const [key, values] of Object.entries(part)) this._told.set(this._prefix + key, values);
      clearTimeout(this._timer);
      this._timer = setTimeout(() => this._write(), WAIT);
    }

    _write() {
      const said = new URLSearchParams(location.hash.slice(1));
      for (const [key, values] of this._told) {
        said.delete(key);
        for (const value of values) said.append(key, value);
      }
      const hash = String(said);
      try {
        history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
      } catch {
        // A page inside another, as in a notebook, has no address of its own.
      }
    }
  };
})();

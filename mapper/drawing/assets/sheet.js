"use strict";
// The canvas that marks are drawn on, and how those of one spot are spread.

(() => {
  // A canvas that moves and zooms with the map as Leaflet's own do.
  IncidentMaps.Sheet = L.Renderer.extend({
    initialize(layer, options) {
      L.Renderer.prototype.initialize.call(this, options);
      this._layer = layer;
    },
    _initContainer() {
      this._container = IncidentMaps.el("canvas", { class: "im-marks", "aria-hidden": "true" });
    },
    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },
    // Chromium prints a canvas that was cleared as an opaque sheet: for paper, take a new one.
    _renewContainer() {
      const old = this._container;
      this._initContainer();
      this._container.className = old.className;
      old.replaceWith(this._container);
    },
    _updatePaths() {},
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      if (IncidentMaps.printing()) this._renewContainer();
      const size = this._bounds.getSize();
      const scale = window.devicePixelRatio || 1;
      this._container.width = size.x * scale;
      this._container.height = size.y * scale;
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
      L.DomUtil.setPosition(this._container, this._bounds.min);
      const c = this._container.getContext("2d");
      c.scale(scale, scale);
      c.translate(-this._bounds.min.x, -this._bounds.min.y);
      this._layer.paint(c, this._bounds);
      this.fire("update");
    },
    repaint() {
      if (this._map) this._update();
    },
  });

  // Where the marks of one spot stand when fanned out: a circle, or a spiral for many.
  IncidentMaps.fanned = (count) => {
    const places = [];
    if (count <= 10) {
      const radius = Math.max(30, count * 4.6);
      for (let i = 0; i < count; i++) {
        const angle = (i / count) * 2 * Math.PI - Math.PI / 2;
        places.push({ x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
      }
      return places;
    }
    for (let i = 0, angle = 0, radius = 30; i < count; i++) {
      places.push({ x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
      angle += 27 / radius;
      radius += (27 / radius) * 4.4;
    }
    return places;
  };
})();

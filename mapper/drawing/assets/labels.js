"use strict";
// Names on the map: each where it covers nothing, or not at all.

IncidentMaps.Labels = class Labels {
  constructor(map) {
    this._map = map;
    this._labels = [];
    this._pane = map.getPane(IncidentMaps.pane(map, "im-labels", 460));
    this._pane.style.pointerEvents = "none";
    map.on("zoomend viewreset", () => IncidentMaps.Board.of(map).arrange());
  }

  // A label: text, anchors (longitude, latitude; the best first), className, rank (lower goes
  // first), minZoom, whether a dot marks its point, bounds that it must stay in, fits (a test of
  // its box) and hidden (a test whether it is needed now).
  add(label) {
    const element = IncidentMaps.el(
      "div",
      { class: `im-label ${label.className}` },
      IncidentMaps.said(label.text),
    );
    element.hidden = true;
    this._pane.append(element);
    const dot = label.dot ? IncidentMaps.el("i", { class: "im-dot" }) : null;
    if (dot) this._pane.append(dot);
    this._labels.push({ minZoom: 0, hidden: () => false, fits: () => true, ...label, element, dot });
    this._labels.sort((a, b) => a.rank - b.rank);
    return element;
  }

  // Place all labels around the obstacles: boxes in layer points, [left, top, right, bottom].
  // Countries, which are large, also keep clear of the panels.
  arrange(obstacles, panels) {
    const zoom = this._map.getZoom();
    this._measure();
    const taken = [...obstacles];
    const named = new Set();
    const clear = (box) => !panels.some((panel) => Labels._overlap(box, panel));
    this._free = new Set(obstacles); // what no name stands beside yet
    for (const label of this._labels) {
      // A governorate and its capital often share a name: from afar, once is enough.
      const repeated = zoom < 8 && named.has(label.text);
      const wanted = zoom >= label.minZoom && !repeated && !label.hidden();
      const fits = this._fitting(label, clear);
      const shown = wanted && this._place(label, taken, fits);
      if (shown) named.add(label.text);
      label.element.hidden = !shown;
      if (label.dot && !shown) label.dot.hidden = true;
    }
  }

  // Measure new labels all at once: to lay the page out anew for each would take long.
  _measure() {
    const unknown = this._labels.filter((label) => !label.width);
    for (const label of unknown) label.element.hidden = false;
    for (const label of unknown) {
      label.width = label.element.offsetWidth;
      label.height = label.element.offsetHeight;
    }
  }

  // Whether a box is one where a label may stand.
  _fitting(label, clear) {
    const { bounds } = label;
    const corner = (at) => this._map.latLngToLayerPoint(at);
    const [southWest, northEast] = bounds
      ? [corner(bounds.getSouthWest()), corner(bounds.getNorthEast())]
      : [];
    return (box) => {
      if (label.large && !clear(box)) return false;
      if (
        bounds &&
        (box[0] < southWest.x || box[2] > northEast.x || box[1] < northEast.y || box[3] > southWest.y)
      )
        return false;
      return label.fits(box);
    };
  }

  _place(label, taken, fits) {
    const { width, height } = label;
    for (const [x, y] of label.anchors) {
      const point = this._map.latLngToLayerPoint([y, x]).round();
      const cover = label.dot && taken.find((box) => Labels._holds(box, point));
      // Two names beside one cluster would leave open which is whose; beside another name that
      // covers its point, a name would seem to stand elsewhere.
      if (cover && !this._free.has(cover)) break;
      if (label.dot) label.dot.hidden = Boolean(cover);
      for (const box of Labels._boxes(point, width, height, label.dot, cover)) {
        if (taken.some((other) => Labels._overlap(box, other)) || !fits(box)) continue;
        taken.push(box);
        this._free.delete(cover);
        L.DomUtil.setPosition(label.element, L.point(box[0], box[1]));
        if (label.dot) L.DomUtil.setPosition(label.dot, point);
        return true;
      }
    }
    if (label.dot) label.dot.hidden = true;
    return false;
  }

  // A name stands on its point, or beside the dot that marks it, or beside what covers the dot.
  static _boxes(point, width, height, dot, cover) {
    const { x, y } = point;
    const box = (left, top) => [left, top, left + width, top + height];
    if (!dot) return [box(x - width / 2, y - height / 2)];
    if (cover) {
      const [left, top, right, bottom] = cover;
      return [
        box(right + 1, y - height / 2),
        box(left - 1 - width, y - height / 2),
        box(x - width / 2, bottom + 1),
        box(x - width / 2, top - 1 - height),
      ];
    }
    return [
      box(x + 5, y - height / 2),
      box(x - 5 - width, y - height / 2),
      box(x - width / 2, y - height - 4),
      box(x - width / 2, y + 4),
    ];
  }

  static _holds([left, top, right, bottom], { x, y }) {
    return left < x && x < right && top < y && y < bottom;
  }

  static _overlap(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }
};

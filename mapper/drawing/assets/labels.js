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
  // first), minZoom, and whether a dot marks its point.
  add(label) {
    const element = IncidentMaps.el("div", { class: `im-label ${label.className}` }, IncidentMaps.said(label.text));
    element.hidden = true;
    this._pane.append(element);
    const dot = label.dot ? IncidentMaps.el("i", { class: "im-dot" }) : null;
    if (dot) this._pane.append(dot);
    this._labels.push({ minZoom: 0, ...label, element, dot });
    this._labels.sort((a, b) => a.rank - b.rank);
  }

  // Place all labels around the obstacles: boxes in layer points, [left, top, right, bottom].
  arrange(obstacles) {
    const zoom = this._map.getZoom();
    const taken = [...obstacles];
    for (const label of this._labels) {
      const shown = zoom >= label.minZoom && this._place(label, taken, zoom);
      label.element.hidden = !shown;
      if (label.dot) label.dot.hidden = !shown;
    }
  }

  _place(label, taken, zoom) {
    label.element.hidden = false;
    const width = label.element.offsetWidth;
    const height = label.element.offsetHeight;
    for (const [x, y] of label.anchors) {
      const point = this._map.latLngToLayerPoint([y, x]).round();
      for (const box of Labels._boxes(point, width, height, label.dot)) {
        if (taken.some((other) => Labels._overlap(box, other))) continue;
        taken.push(box);
        L.DomUtil.setPosition(label.element, L.point(box[0], box[1]));
        if (label.dot) L.DomUtil.setPosition(label.dot, point);
        return true;
      }
    }
    return false;
  }

  // A name stands on its point, or beside the dot that marks it.
  static _boxes(point, width, height, dot) {
    const { x, y } = point;
    const box = (left, top) => [left, top, left + width, top + height];
    if (!dot) return [box(x - width / 2, y - height / 2)];
    return [
      box(x + 5, y - height / 2),
      box(x - 5 - width, y - height / 2),
      box(x - width / 2, y - height - 4),
      box(x - width / 2, y + 4),
    ];
  }

  static _overlap(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }
};

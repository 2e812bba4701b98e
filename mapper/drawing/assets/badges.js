"use strict";
// What is known only to an area: a badge on it with their number, never a pin.

(() => {
  const BADGE = 1;

  IncidentMaps.Badges = class Badges {
    constructor(layer) {
      this._layer = layer;
      this._map = layer._map;
      this._pane = IncidentMaps.pane(this._map, "im-badges", 620);
      this._badges = new Map();
      this._rows = [];
      const stands = layer.table.array("stands");
      for (let row = 0; row < stands.length; row++) if (stands[row] === BADGE) this._rows.push(row);
    }

    remove() {
      this._badges.forEach((badge) => badge.marker.remove());
    }

    // Whether a badge that is shown says the name of an area.
    names(code) {
      const badge = this._badges.get(this._layer.head.pcodes.indexOf(code));
      return Boolean(badge?.rows.length && badge.named);
    }

    // Boxes, in layer points, that are taken.
    places() {
      return this._shown().map((badge) => badge.place);
    }

    // Count what the filters leave on each area that is drawn. What is known to an area that is
    // cut into parts here has no badge: on a part it would claim too much.
    count() {
      const standing = this._standing();
      const areas = this._layer.table.array("area");
      this._badges.forEach((badge) => (badge.rows = []));
      for (const row of this._rows) {
        const area = standing[areas[row]];
        if (area < 0 || !this._layer.kept[row]) continue;
        if (!this._badges.has(area)) this._badges.set(area, this._make(area));
        this._badges.get(area).rows.push(row);
      }
      this._badges.forEach((badge) => this._label(badge));
    }

    // Stand where the marks and other badges leave most room, the largest first.
    settle(taken) {
      const all = [...taken];
      const shown = this._shown().sort((a, b) => b.rows.length - a.rows.length);
      for (const badge of shown) this._measure(badge);
      for (const badge of shown) {
        this._settle(badge, all);
        all.push(badge.place);
      }
    }

    _shown() {
      return [...this._badges.values()].filter((badge) => badge.rows.length);
    }

    // For each area of ours, the one that is drawn for it: itself, or a larger one, or none (-1).
    _standing() {
      const { pcodes } = this._layer.head;
      const [layer] = IncidentMaps.Board.of(this._map).areas;
      const numbers = new Map(pcodes.map((code, area) => [code, area]));
      return pcodes.map((code, area) => {
        const standing = layer ? layer.standing(code) : undefined;
        return standing === undefined ? area : (numbers.get(standing) ?? -1);
      });
    }

    _make(area) {
      const { el, said } = IncidentMaps;
      const { speech, head } = this._layer;
      const name = head.areas[area];
      const number = el("b", {});
      const box = el(
        "span",
        { class: "im-badge-box", dir: speech.direction },
        number,
        el("span", {}, said(name)),
      );
      const icon = L.divIcon({ html: box, className: "im-badge", iconSize: [0, 0] });
      const marker = L.marker([0, 0], { icon, pane: this._pane, keyboard: true, riseOnHover: true });
      const badge = {
        marker,
        name,
        number,
        box,
        anchors: head.anchors[area],
        rows: [],
        named: false,
        sizes: new Map(),
      };
      marker.on("click", () => {
        const heading = speech.word("area_incidents", { name });
        this._map.fire("incidents:list", { rows: badge.rows, heading });
      });
      marker.addTo(this._map);
      return badge;
    }

    _label(badge) {
      const { speech } = this._layer;
      const count = badge.rows.length;
      const element = badge.marker.getElement();
      element.hidden = count === 0;
      badge.number.textContent = speech.number(count);
      const all = speech.incidents(count);
      element.setAttribute("aria-label", speech.word("badge_label", { name: badge.name, all }));
    }

    // How large the badge is with its name, and without; by how many figures its number has.
    _measure(badge) {
      const figures = badge.number.textContent.length;
      if (!badge.sizes.has(figures)) {
        const sizes = [false, true].map((small) => {
          badge.box.classList.toggle("im-small", small);
          return [badge.box.offsetWidth / 2 + 3, badge.box.offsetHeight / 2 + 3];
        });
        badge.sizes.set(figures, sizes);
      }
      badge.now = badge.sizes.get(figures);
    }

    _settle(badge, taken) {
      for (const small of [false, true]) {
        const [width, height] = badge.now[Number(small)];
        const spots = badge.anchors.map(([x, y], order) => {
          const point = this._map.latLngToLayerPoint([y, x]);
          const place = [point.x - width, point.y - height, point.x + width, point.y + height];
          const room = Math.min(30, ...taken.map((other) => gap(place, other)));
          return { at: [y, x], place, room, score: room - order * 0.4 };
        });
        const best = spots.reduce((a, b) => (b.score > a.score ? b : a));
        badge.marker.setLatLng(best.at);
        badge.box.classList.toggle("im-small", small);
        Object.assign(badge, { place: best.place, named: !small });
        if (best.room >= 0) return;
      }
    }
  };

  // How far two boxes are apart, or by how much they overlap (below zero).
  function gap(a, b) {
    const across = Math.max(a[0] - b[2], b[0] - a[2]);
    const along = Math.max(a[1] - b[3], b[1] - a[3]);
    return Math.max(across, along);
  }
})();

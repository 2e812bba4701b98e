"use strict";
// The incidents: marks and clusters on a canvas, badges on areas.

(() => {
  const { symbols } = IncidentMaps;
  const FAN_LIMIT = 60;

  // What is drawn at one place: a mark or a cluster.
  class Item {
    constructor(group, x, y) {
      Object.assign(this, { group, count: group.count, x, y, radius: group.radius });
    }

    get rows() {
      return this.group.rows;
    }
  }

  const Incidents = IncidentMaps.PackedLayer.extend({
    _draw(map) {
      this.length = this.table.rows("stands");
      this._prepare();
      this.kept = new Uint8Array(this.length).fill(1);
      this._board = IncidentMaps.Board.of(map);
      this._board.incidents.unshift(this);
      this._sheet = new IncidentMaps.Sheet(this, {
        pane: IncidentMaps.pane(map, "im-marks", 450),
        padding: 0.3,
      });
      map.getPane("im-marks").style.pointerEvents = "none";
      this._repaint = () => this._sheet.repaint();
      map.on("zoomend", this._regroup, this);
      map.on("themechange", this._repaint);
      this._badges = new IncidentMaps.Badges(this);
      map.on("areas:shown", this._restand, this);
      this._badges.count();
      this._regroup();
      map.addLayer(this._sheet);
      this._tell();
    },

    _erase(map) {
      map.off("zoomend", this._regroup, this);
      map.off("themechange", this._repaint);
      map.off("areas:shown", this._restand, this);
      this._board.incidents = this._board.incidents.filter((layer) => layer !== this);
      this._badges.remove();
      this._sheet.remove();
      this._board.arrange();
    },

    // Work out what is written only once: where each spot lies, and each incident's last day.
    _prepare() {
      const { table } = this;
      const [x, y, longitudes, latitudes] = this._spots();
      const spotOf = table.array("spot").map((spot) => (spot === IncidentMaps.Table.MISSING ? -1 : spot - 1));
      this._clusters = new IncidentMaps.Clusters(x, y, spotOf);
      table.add(
        "longitude",
        Float64Array.from(spotOf, (spot) => longitudes[spot] ?? NaN),
      );
      table.add(
        "latitude",
        Float64Array.from(spotOf, (spot) => latitudes[spot] ?? NaN),
      );
      const later = table.array("later");
      const missing = IncidentMaps.Table.MISSING;
      const last = table
        .array("date")
        .map((day, row) => (later[row] === missing ? missing : day + later[row]));
      table.add("date_end", last);
      const types = table.choices("event_type") || [];
      this._types = ["", ...types];
      this._colours = this._types.map((type) => this.head.colours[type] || this.head.unknownColour);
    },

    _spots() {
      const degrees = (name) =>
        Float64Array.from(this.table.array(name), (value) => value / this.head.spotGrid);
      const [longitudes, latitudes] = [degrees("spot_longitude"), degrees("spot_latitude")];
      const x = new Float64Array(longitudes.length);
      const y = new Float64Array(longitudes.length);
      for (let spot = 0; spot < x.length; spot++) {
        [x[spot], y[spot]] = IncidentMaps.Clusters.project(longitudes[spot], latitudes[spot]);
      }
      return [x, y, longitudes, latitudes];
    },

    type(row) {
      return this._types[this.table.array("event_type")[row]];
    },

    colour(row) {
      return this._colours[this.table.array("event_type")[row]];
    },

    // Show only some incidents: a Uint8Array with 1 for each that stays.
    keep(kept) {
      this.kept = kept;
      this._fan = null;
      this._map.closePopup();
      this._badges.count();
      this._regroup();
      this._sheet.repaint();
      this._tell();
    },

    // Rows that a test leaves, of those that the filters leave.
    rows(test) {
      const found = [];
      for (let row = 0; row < this.length; row++) {
        if (this.kept[row] && test(row)) found.push(row);
      }
      return found;
    },

    _tell() {
      const stands = this.table.array("stands");
      const tally = [0, 0, 0];
      for (let row = 0; row < stands.length; row++) if (this.kept[row]) tally[stands[row]]++;
      Object.assign(this._map.getContainer().dataset, {
        incidents: tally[0] + tally[1] + tally[2],
        marks: tally[0],
        badges: tally[1],
        unplaced: tally[2],
      });
      this.tally = tally;
      this._map.fire("incidents:filtered", { counts: this._counts(), tally, layer: this });
    },

    // Incidents, killed and wounded of each area but not of its parts, or null while nothing is
    // filtered away.
    _counts() {
      if (this.kept.every(Boolean)) return null;
      const area = this.table.array("area");
      const harms = ["killed", "wounded"].map((name) => [name, this.table.array(name)]);
      const blank = () => new Array(this.head.pcodes.length).fill(null);
      const counts = {
        codes: this.head.pcodes,
        incidents: blank().fill(0),
        killed: blank(),
        wounded: blank(),
      };
      for (let row = 0; row < area.length; row++) {
        if (!this.kept[row] || area[row] < 0) continue;
        counts.incidents[area[row]]++;
        for (const [name, numbers] of harms) {
          if (numbers[row] === IncidentMaps.Table.MISSING) continue;
          counts[name][area[row]] = (counts[name][area[row]] ?? 0) + numbers[row];
        }
      }
      return counts;
    },

    // Other areas are drawn: badges go to those.
    _restand() {
      this._badges.count();
      this._badges.settle(this._circles());
    },

    _regroup() {
      this._fan = null;
      this._groups = this._clusters.at(this._map.getZoom(), this.kept, symbols.clusterRadius);
      this._map.getContainer().dataset.drawn = this._groups.length;
      this._badges.settle(this._circles());
      this._board.arrange();
    },

    // Whether a badge says the name of an area now.
    badged(code) {
      return Boolean(this._badges?.names(code));
    },

    // Boxes, in layer points, that no label may cover.
    obstacles() {
      if (!this._groups) return [];
      return [...this._circles(), ...this._badges.places()];
    },

    _circles() {
      const origin = this._map.getPixelOrigin();
      return this._groups.map(({ x, y, radius }) => {
        const [left, top] = [x - origin.x, y - origin.y];
        return [left - radius, top - radius, left + radius, top + radius];
      });
    },

    paint(c, bounds) {
      const origin = this._map.getPixelOrigin();
      this._items = [];
      for (const group of this._groups) {
        const point = L.point(group.x - origin.x, group.y - origin.y);
        if (!bounds.contains(point)) continue;
        if (this._fan?.group === group) continue;
        this._items.push(new Item(group, point.x, point.y));
      }
      for (const item of this._items) if (item.count === 1) this._paintReach(c, item);
      for (const item of this._items) this._paintItem(c, item);
      if (this._fan) this._paintFan(c, origin);
    },

    _paintReach(c, { rows: [row], x, y }) {
      const km = this.table.number("radius_km", row);
      if (!km || this.table.text("precision", row) !== "relative") return;
      const latitude = (this.table.array("latitude")[row] * Math.PI) / 180;
      const metres = (40075016.7 * Math.cos(latitude)) / (256 * 2 ** this._map.getZoom());
      symbols.reach(c, x, y, (km * 1000) / metres, this.colour(row));
    },

    _paintItem(c, item) {
      const { count, x, y, radius } = item;
      if (count === 1) {
        const [row] = item.rows;
        const precision = this.table.text("precision", row);
        symbols.mark(c, x, y, { type: this.type(row), colour: this.colour(row), precision });
        return;
      }
      symbols.cluster(c, x, y, {
        count,
        label: this.speech.number(count),
        shares: this._shares(item.group),
        radius,
      });
    },

    // How many of a group's incidents are of each type, by colour.
    _shares(group) {
      if (!group.shares) {
        const parts = new Array(this._types.length).fill(0);
        const types = this.table.array("event_type");
        for (const row of group.rows) parts[types[row]]++;
        group.shares = parts.map((part, i) => [this._colours[i], part]).filter(([, part]) => part);
      }
      return group.shares;
    },

    _paintFan(c, origin) {
      const { group } = this._fan;
      const centre = L.point(group.x - origin.x, group.y - origin.y);
      c.save();
      c.strokeStyle = IncidentMaps.dark() ? "#cfd8e1" : "#3d4754";
      c.lineWidth = 1;
      const legs = IncidentMaps.fanned(group.count).map(({ x, y }, i) => ({
        count: 1,
        rows: [group.rows[i]],
        x: centre.x + x,
        y: centre.y + y,
        radius: symbols.RADIUS + 4,
        leg: true,
      }));
      c.beginPath();
      for (const { x, y } of legs) {
        c.moveTo(centre.x, centre.y);
        c.lineTo(x, y);
      }
      c.stroke();
      c.restore();
      for (const leg of legs) this._paintItem(c, leg);
      this._items.push(...legs);
    },

    hit(point) {
      const at = this._map.containerPointToLayerPoint(point);
      let best = null;
      let nearest = Infinity;
      for (const item of this._items || []) {
        const distance = Math.hypot(item.x - at.x, item.y - at.y);
        if (distance <= item.radius + 3 && distance < nearest) [best, nearest] = [item, distance];
      }
      return best;
    },

    tipFor(item) {
      const { el, said } = IncidentMaps;
      const { speech } = this;
      if (item.count > 1) return el("div", { dir: speech.direction }, speech.incidents(item.count));
      const [row] = item.rows;
      return el(
        "div",
        { dir: speech.direction },
        el("strong", {}, speech.event(this.type(row))),
        el("div", {}, said(this.table.text("place_name", row) || this.table.text("place", row))),
        el("div", {}, said(speech.date(this.table, row))),
      );
    },

    open(item) {
      if (item.count === 1) this.popup(item.rows[0], this._map.layerPointToLatLng([item.x, item.y]));
      else if (item.group.together || this._map.getZoom() >= this._map.getMaxZoom()) this._spread(item);
      else this._zoomTo(item.group.bounds);
    },

    // Open one incident's popup where it is drawn; with focus, for people who use the keyboard.
    popup(row, latLng, focus = false) {
      const { drawer } = this._board;
      const size = this._map.getSize();
      this._map.fire("incident:shown", { row, layer: this });
      if (drawer && size.x <= 700) {
        drawer.card(row, latLng);
        return;
      }
      const content = IncidentMaps.card(this, row);
      const width = Math.min(340, size.x - 50);
      const height = Math.max(180, Math.min(420, size.y - this._board.covered() - 240));
      const options = {
        maxWidth: width,
        minWidth: Math.min(260, width),
        maxHeight: height,
        className: "im-popup",
      };
      const popup = L.popup({
        ...options,
        autoPanPaddingBottomRight: [10, this._board.covered() + 10],
        autoPanPaddingTopLeft: [10, 10],
      })
        .setLatLng(latLng)
        .setContent(content)
        .openOn(this._map);
      this._listen(popup.getElement(), focus);
    },

    // A popup can be scrolled and closed by key, and gives the focus back.
    _listen(element, focus) {
      const content = element.querySelector(".leaflet-popup-content");
      const from = document.activeElement;
      content.tabIndex = 0;
      element.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        this._map.closePopup();
        from?.focus({ preventScroll: true });
      });
      if (focus) content.focus({ preventScroll: true });
    },

    // Go to an incident from a list or the table: to its mark, or, without one, to its words.
    visit(row, focus = false) {
      const [latitude, longitude] = [this.table.array("latitude")[row], this.table.array("longitude")[row]];
      if (Number.isNaN(latitude)) {
        this._map.closePopup();
        this._board.drawer?.card(row, null);
        return;
      }
      const zoom = Math.max(this._map.getZoom(), 9);
      // In the middle of what the table leaves free.
      const covered = this._map.getSize().x > 700 ? this._board.covered() : 0;
      const middle = this._map.project([latitude, longitude], zoom).add([0, covered / 2]);
      this._map.setView(this._map.unproject(middle, zoom), zoom, { animate: false });
      this.popup(row, L.latLng(latitude, longitude), focus);
    },

    _spread(item) {
      if (item.count > FAN_LIMIT) {
        const name = this.table.text("place_name", item.rows[0]);
        this._map.fire("incidents:list", { rows: item.rows, heading: name });
        return;
      }
      this._fan = { group: item.group };
      this._sheet.repaint();
    },

    closeFan() {
      if (!this._fan) return;
      this._fan = null;
      this._sheet.repaint();
    },

    _zoomTo({ west, north, east, south }) {
      const corner = (x, y) => {
        const zoom = 10;
        const scale = 256 * 2 ** zoom;
        return this._map.unproject([x * scale, y * scale], zoom);
      };
      this._map.fitBounds([corner(west, south), corner(east, north)], {
        padding: [70, 70],
        maxZoom: Math.min(this._map.getZoom() + 4, this._map.getMaxZoom()),
      });
    },
  });

  IncidentMaps.incidents = (id) => new Incidents(id);
})();

"use strict";
// What all layers share: opening their data, the board that a map's parts meet on, the backdrop.

(() => {
  const pending = [];

  // Keep the page from being called ready before a part is drawn.
  function wait(promise) {
    pending.push(promise);
    return promise;
  }

  document.addEventListener("DOMContentLoaded", async () => {
    try {
      await Promise.all(pending);
      document.documentElement.dataset.ready = "true";
    } catch (error) {
      document.documentElement.dataset.ready = "failed";
      throw error;
    }
  });

  // The parts of one map meet here: who is drawn, who is under the pointer, where labels fit.
  class Board {
    static of(map) {
      return (map.incidentBoard ??= new Board(map));
    }

    constructor(map) {
      this.map = map;
      this.areas = [];
      this.incidents = [];
      this.address = new IncidentMaps.Address();
      this.labels = new IncidentMaps.Labels(map);
      map.getContainer().classList.add("im-map");
      this._tip = IncidentMaps.el("div", { class: "im-tip", hidden: true, "aria-hidden": "true" });
      map.getContainer().append(this._tip);
      map.on("mousemove", (event) => this._hover(event));
      map.on("mouseout movestart zoomstart", () => this.tip(null));
      map.on("click", (event) => this._click(event));
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => map.fire("themechange"));
    }

    // Show a small box beside a point of the map, or hide it.
    tip(content, point) {
      this._tip.hidden = !content;
      if (!content) return;
      this._tip.replaceChildren(content);
      const size = this.map.getSize();
      const { offsetWidth: width, offsetHeight: height } = this._tip;
      const x = point.x + 16 + width > size.x ? point.x - 12 - width : point.x + 16;
      const y = Math.min(Math.max(point.y - height / 2, 4), size.y - height - 4);
      this._tip.style.transform = `translate(${Math.max(4, x)}px, ${y}px)`;
    }

    arrange() {
      const corner = this.map.containerPointToLayerPoint([0, 0]);
      const frame = this.map.getContainer().getBoundingClientRect();
      const panels = [...this.map.getContainer().querySelectorAll(".im-panel")].map((panel) => {
        const { left, top, right, bottom } = panel.getBoundingClientRect();
        const [x, y] = [corner.x - frame.left, corner.y - frame.top];
        return [left + x, top + y, right + x, bottom + y];
      });
      const marks = this.incidents.flatMap((layer) => layer.obstacles());
      this.labels.arrange(marks, panels);
    }

    // How much of the map's foot the table covers.
    covered() {
      return this.map.getContainer().querySelector(".im-dock:not([hidden])")?.offsetHeight ?? 0;
    }

    _hover(event) {
      const found = this._under(event);
      this.map.getContainer().classList.toggle("im-pointing", Boolean(found));
      this.tip(found ? found.layer.tipFor(found.item) : null, event.containerPoint);
    }

    _click(event) {
      const found = this._under(event);
      this.tip(null);
      this.incidents.forEach((layer) => found?.item?.leg || layer.closeFan());
      if (found) found.layer.open(found.item);
    }

    _under(event) {
      for (const layer of this.incidents) {
        const item = layer.hit(event.containerPoint);
        if (item) return { layer, item };
      }
      for (const layer of this.areas) {
        const item = layer.hit(event.originalEvent.target);
        if (item !== null) return { layer, item };
      }
      return null;
    }
  }

  // What a map does for people who want less movement: nothing slides.
  IncidentMaps.motion = () => {
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return {};
    const still = { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false };
    return { ...still, inertia: false };
  };

  // Show the bounds at first, clear of the boxes at the sides, on whatever screen.
  IncidentMaps.start = (map, bounds, { words, direction }) => {
    const wide = map.getSize().x > 1000;
    map.fitBounds(bounds, {
      paddingTopLeft: [wide ? 10 : 8, wide ? 14 : 90],
      paddingBottomRight: [wide ? 10 : 8, wide ? 14 : 60],
      animate: false,
    });
    map.attributionControl?.setPrefix(false);
    const main = document.querySelector("main, [role=main]");
    map.getContainer().setAttribute("role", main ? "region" : "main");
    map.getContainer().setAttribute("aria-label", words.map);
    map.imHome = bounds;
    IncidentMaps.printable(map);
    const side = direction === "rtl" ? "right" : "left";
    const view = (map.imView = [map.getCenter(), map.getZoom()]);
    const Home = L.Control.extend({
      onAdd() {
        const button = IncidentMaps.el(
          "button",
          { type: "button", class: "im-home", title: words.home, "aria-label": words.home },
          "⌂",
        );
        L.DomEvent.disableClickPropagation(button);
        button.addEventListener("click", () => {
          Board.of(map).areas.forEach((layer) => layer.go(layer.hierarchy.names[0], null));
          map.setView(...view);
        });
        return button;
      },
    });
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    const titles = { zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out };
    const far = side === "left" ? "topright" : "topleft";
    L.control.zoom({ position: far, ...titles }).addTo(map);
    new Home({ position: far }).addTo(map);
  };

  IncidentMaps.wait = wait;
  IncidentMaps.Board = Board;

  // A layer whose data wait, compressed, in the page.
  IncidentMaps.PackedLayer = L.Layer.extend({
    initialize(id) {
      const element = document.getElementById(id);
      this.opened = wait(
        IncidentMaps.Table.from(element.textContent.trim()).then((table) => {
          element.remove();
          this.table = table;
          this.head = table.head;
          this.speech = new IncidentMaps.Speech(table.head);
          return table;
        }),
      );
    },

    onAdd(map) {
      this.drawn = wait(this.opened.then(() => this._map === map && this._draw(map)));
    },

    onRemove(map) {
      if (this.table) this._erase(map);
    },
  });

  // Polygons as Leaflet wants them, from rings of steps.
  IncidentMaps.latLngs = (polygons, grid) =>
    polygons.map((rings) =>
      rings.map((steps) => {
        const points = [];
        for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
          x += steps[i];
          y += steps[i + 1];
          points.push([y / grid, x / grid]);
        }
        return points;
      }),
    );

  IncidentMaps.pane = (map, name, level) => {
    const pane = map.getPane(name) || map.createPane(name);
    pane.style.zIndex = level;
    return name;
  };

  const Backdrop = IncidentMaps.PackedLayer.extend({
    _draw(map) {
      const pane = IncidentMaps.pane(map, "im-backdrop", 210);
      const renderer = L.svg({ pane, padding: 0.5 });
      const { labels } = IncidentMaps.Board.of(map);
      const { latLngs } = IncidentMaps;
      const { grid } = this.head;
      const look = { pane, renderer, interactive: false };
      const water = L.polygon(latLngs(this.head.sea, grid), { ...look, className: "im-sea" });
      const lands = this.head.neighbours.map(({ rings }) => latLngs(rings, grid));
      const borders = L.polyline(inner(lands.flat(2)), { ...look, className: "im-border" });
      this._shapes = [water, borders].map((shape) => shape.addTo(map));
      if (!this._named) this._name(map, labels, lands);
      Board.of(map).arrange();
    },

    _name(map, labels, lands) {
      this._named = true;
      const hidden = () => !this._map;
      this.head.neighbours.forEach(({ name }, i) => {
        if (!name) return;
        labels.add({
          text: name,
          ...spread(map, L.polygon(lands[i])),
          className: "im-country",
          large: true,
          rank: 2,
          hidden,
        });
      });
      this.head.towns.forEach(([text, x, y, people], i, towns) => {
        const suburb = towns.some((other, j) => isSuburb(towns[i], other, j < i));
        const minZoom = i === 0 ? 0 : smallest(people) + (suburb ? 3 : 0);
        labels.add({
          text,
          anchors: [[x, y]],
          className: "im-town",
          rank: 10 + i,
          minZoom,
          dot: true,
          hidden,
        });
      });
    },

    _erase(map) {
      this._shapes.forEach((shape) => shape.remove());
      Board.of(map).arrange();
    },
  });

  // Whether a town is a part of another beside it: "New Mosul" of Mosul, a smaller of a larger.
  function isSuburb([name, x, y], [other, a, b], larger) {
    if (name === other || Math.hypot(a - x, b - y) > 0.15) return false;
    return name.includes(other) || (larger && !other.includes(name));
  }

  // The zoom from which on a town of so many people is named.
  function smallest(people) {
    const sizes = [400000, 100000, 30000];
    return 6 + sizes.filter((size) => people < size).length;
  }

  // Borders and coasts: rings without the straight edges where the data were cut off.
  function inner(rings) {
    if (!rings.length) return [];
    const bounds = L.latLngBounds(rings.flat());
    const sides = { lat: [bounds.getSouth(), bounds.getNorth()], lng: [bounds.getWest(), bounds.getEast()] };
    const at = (value, side) => Math.abs(value - side) < 1e-3;
    const cut = (a, b) =>
      sides.lat.some((side) => at(a[0], side) && at(b[0], side)) ||
      sides.lng.some((side) => at(a[1], side) && at(b[1], side));
    const lines = [];
    for (const ring of rings) {
      let line = [];
      ring.forEach((point, i) => {
        line.push(point);
        if (!cut(point, ring[(i + 1) % ring.length])) return;
        lines.push(line);
        line = [];
      });
      lines.push(line);
    }
    return lines.filter((line) => line.length > 1);
  }

  // Where a neighbour's name may stand: wholly within it, the nearest to the map's middle first.
  function spread(map, shape) {
    const bounds = shape.getBounds();
    const rings = shape.getLatLngs().flat();
    const within = (lat, lng) => rings.some((ring) => inside(lat, lng, ring));
    const middle = L.latLngBounds(map.imHome || map.getBounds()).getCenter();
    const far = ([x, y]) => Math.abs(x - middle.lng) / 5.5 + Math.abs(y - middle.lat) / 4.5;
    const view = map.getBounds().pad(0.5);
    const [south, north] = [view.getSouth(), view.getNorth()].map((lat) => Math.round(lat * 4) / 4);
    const [west, east] = [view.getWest(), view.getEast()].map((lng) => Math.round(lng * 4) / 4);
    const anchors = [];
    for (let lat = south; lat <= north; lat += 0.25) {
      for (let lng = west; lng <= east; lng += 0.25) {
        if (bounds.contains([lat, lng]) && within(lat, lng)) anchors.push([lng, lat]);
      }
    }
    // First where it is seen at once.
    const seen = map.getBounds().pad(-0.06);
    const order = ([x, y]) => far([x, y]) + (seen.contains([y, x]) ? 0 : 100);
    anchors.sort((a, b) => order(a) - order(b));
    const fits = ([left, top, right, bottom]) => {
      const corners = [
        [left, top],
        [right, top],
        [left, bottom],
        [right, bottom],
      ];
      const inView = corners
        .map((corner) => map.getSize().divideBy(2).subtract(map.layerPointToContainerPoint(corner)))
        .map(({ x, y }) => Math.abs(x) < map.getSize().x / 2 && Math.abs(y) < map.getSize().y / 2);
      // Half a name at the edge of the page would look torn.
      if (inView.includes(true) && inView.includes(false)) return false;
      return corners.every((corner) => {
        const { lat, lng } = map.layerPointToLatLng(corner);
        return within(lat, lng);
      });
    };
    return { anchors, fits };
  }

  function inside(lat, lng, ring) {
    let within = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i];
      const b = ring[j];
      if (a.lat > lat !== b.lat > lat) {
        if (lng < ((b.lng - a.lng) * (lat - a.lat)) / (b.lat - a.lat) + a.lng) within = !within;
      }
    }
    return within;
  }

  IncidentMaps.backdrop = (id) => new Backdrop(id);
})();

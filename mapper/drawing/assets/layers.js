"use strict";
// What all layers share: opening their data, the board that a map's parts meet on, the backdrop.

(function () {
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
      this.labels = new IncidentMaps.Labels(map);
      map.getContainer().classList.add("im-map");
      this._tip = IncidentMaps.el("div", { class: "im-tip", hidden: true, "aria-hidden": "true" });
      map.getContainer().append(this._tip);
      map.on("mousemove", (event) => this._hover(event));
      map.on("mouseout movestart zoomstart", () => this.tip(null));
      map.on("click", (event) => this._click(event));
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () =>
        map.fire("themechange"),
      );
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
      this.labels.arrange(this.incidents.flatMap((layer) => layer.obstacles()));
    }

    _hover(event) {
      const found = this._under(event);
      this.map.getContainer().classList.toggle("im-pointing", Boolean(found));
      this.tip(found ? found.layer.tipFor(found.item) : null, event.containerPoint);
    }

    _click(event) {
      const found = this._under(event);
      this.tip(null);
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

  IncidentMaps.dark = () => matchMedia("(prefers-color-scheme: dark)").matches;
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
  IncidentMaps.latLngs = function (polygons, grid) {
    return polygons.map((rings) =>
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
  };

  IncidentMaps.pane = function (map, name, level) {
    const pane = map.getPane(name) || map.createPane(name);
    pane.style.zIndex = level;
    return name;
  };

  const Backdrop = IncidentMaps.PackedLayer.extend({
    _draw(map) {
      const pane = IncidentMaps.pane(map, "im-backdrop", 210);
      const renderer = L.svg({ pane, padding: 0.5 });
      const labels = IncidentMaps.Board.of(map).labels;
      this._shapes = this.head.neighbours.map(({ rings }) =>
        L.polygon(IncidentMaps.latLngs(rings, this.head.grid), {
          pane,
          renderer,
          interactive: false,
          className: "im-neighbour",
        }).addTo(map),
      );
      this.head.neighbours.forEach(({ name }, i) =>
        labels.add({
          text: name,
          anchors: spread(this._shapes[i].getBounds(), this._shapes[i]),
          className: "im-country",
          rank: 2,
        }),
      );
      this.head.towns.forEach(([text, x, y, people], i) =>
        labels.add({
          text,
          anchors: [[x, y]],
          className: "im-town",
          rank: 10 + i,
          minZoom: people > 400000 ? 6 : people > 100000 ? 7 : people > 30000 ? 8 : 9,
          dot: true,
        }),
      );
      Board.of(map).arrange();
    },

    _erase() {
      this._shapes.forEach((shape) => shape.remove());
    },
  });

  // Points of a neighbour that are near enough to see its name there, nearest to Iraq first.
  function spread(bounds, shape) {
    const rings = shape.getLatLngs().flat();
    const points = [];
    for (let lat = 28; lat <= 39; lat += 0.25) {
      for (let lng = 37; lng <= 50.5; lng += 0.25) {
        if (bounds.contains([lat, lng]) && rings.some((ring) => inside(lat, lng, ring))) {
          points.push([lng, lat]);
        }
      }
    }
    const far = ([x, y]) => Math.abs(x - 43.7) / 5.5 + Math.abs(y - 33.2) / 4.5;
    return points.sort((a, b) => far(a) - far(b)).filter((_, i) => i % 3 === 0);
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

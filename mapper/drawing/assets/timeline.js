"use strict";
// When the incidents happened: a histogram, of which a part can be chosen and played.

(() => {
  const { el } = IncidentMaps;
  const DAY = 86400000;
  const HEIGHT = 46;

  // How long a bar is: the finest step that leaves few enough bars to see.
  const STEPS = [
    [120, (days) => days],
    [120 * 7, (days) => Math.floor((days + 3) / 7) * 7 - 3],
    [120 * 31, (days) => monthStart(days)],
    [Infinity, (days) => yearStart(days)],
  ];

  function monthStart(days) {
    const date = new Date(days * DAY);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY;
  }

  function yearStart(days) {
    return Date.UTC(new Date(days * DAY).getUTCFullYear(), 0, 1) / DAY;
  }

  IncidentMaps.Timeline = class Timeline {
    constructor(map, layer, filters) {
      this._layer = layer;
      this._filters = filters;
      this._speech = layer.speech;
      if (!this._measure()) return;
      this._make(map);
      filters.onChange(() => this._paint());
      map.on("resize themechange", () => this._paint());
      this._paint();
    }

    // Cut the range of dates into bars; false where there is only one.
    _measure() {
      const days = this._layer.table.array("date");
      let [first, last] = [Infinity, -Infinity];
      for (const day of days) {
        if (day === IncidentMaps.Table.MISSING) continue;
        if (day < first) first = day;
        if (day > last) last = day;
      }
      if (!(last > first)) return false;
      const start = STEPS.find(([limit]) => last - first < limit)[1];
      this._starts = [];
      const index = new Map();
      for (let day = start(first); day <= last; day++) {
        if (start(day) === day || day === start(first)) index.set(day, this._starts.push(day) - 1);
      }
      this._ends = [...this._starts.slice(1).map((day) => day - 1), last];
      this._bars = Int32Array.from(days, (day) =>
        day === IncidentMaps.Table.MISSING ? -1 : index.get(start(day)),
      );
      return true;
    }

    _make(map) {
      const speech = this._speech;
      const word = (key) => speech.word(key);
      this._canvas = el("canvas", { class: "im-bars", "aria-hidden": "true" });
      this._range = el("span", { class: "im-range", "aria-live": "polite" });
      this._play = el(
        "button",
        { type: "button", "aria-label": word("play"), title: word("play"), onclick: () => this._toggle() },
        "▶",
      );
      this._all = el("button", { type: "button", onclick: () => this._choose(null) }, word("all_dates"));
      const slider = (which) =>
        el("input", {
          type: "range",
          min: 0,
          max: this._starts.length - 1,
          "aria-label": word(which),
          class: "im-slider",
          oninput: () => this._slide(),
        });
      [this._from, this._to] = [slider("from"), slider("to")];
      this._box = el(
        "section",
        { class: "im-panel im-time", dir: speech.direction, "aria-label": word("time") },
        el("div", { class: "im-time-head" }, this._play, this._range, this._all),
        el("div", { class: "im-time-body", dir: "ltr" }, this._canvas, this._from, this._to),
      );
      L.DomEvent.disableClickPropagation(this._box);
      L.DomEvent.disableScrollPropagation(this._box);
      map.getContainer().classList.add("im-timed");
      this._settle(map);
      map.on("resize", () => this._settle(map));
      this._brush();
    }

    // Where there is room, among the boxes of the corner; else across the foot of the page.
    _settle(map) {
      const container = map.getContainer();
      const corner = container.querySelector(".leaflet-bottom.leaflet-left");
      if (map.getSize().x > 700) corner.prepend(this._box);
      else container.append(this._box);
    }

    // Choose bars, by their numbers, or null for all.
    _choose(from, to = from) {
      if (from === null) this._filters.change({ from: null, to: null });
      else this._filters.change({ from: this._starts[from], to: this._ends[to] });
    }

    _chosen() {
      const { from, to } = this._filters.state;
      const last = this._starts.length - 1;
      if (from === null) return [0, last];
      const first = this._ends.findIndex((end) => end >= from);
      const until = this._starts.findLastIndex((start) => start <= to);
      return [first < 0 ? last : first, Math.max(0, until)];
    }

    _slide() {
      const ends = [Number(this._from.value), Number(this._to.value)].sort((a, b) => a - b);
      this._stop();
      if (ends[0] === 0 && ends[1] === this._starts.length - 1) this._choose(null);
      else this._choose(...ends);
    }

    // Drag over the bars to choose some.
    _brush() {
      let anchor = null;
      const bar = (event) => {
        const { left, width } = this._canvas.getBoundingClientRect();
        const share = (event.clientX - left) / width;
        const last = this._starts.length - 1;
        return Math.min(last, Math.max(0, Math.floor(share * this._starts.length)));
      };
      this._canvas.addEventListener("pointerdown", (event) => {
        this._stop();
        anchor = bar(event);
        this._canvas.setPointerCapture(event.pointerId);
        this._choose(anchor);
      });
      this._canvas.addEventListener("pointermove", (event) => {
        if (anchor === null) return;
        const now = bar(event);
        this._choose(Math.min(anchor, now), Math.max(anchor, now));
      });
      this._canvas.addEventListener("pointerup", () => (anchor = null));
    }

    // Play: move what is chosen through time, bar by bar.
    _toggle() {
      if (this._playing) {
        this._stop();
        return;
      }
      const [from, to] = this._chosen();
      const last = this._starts.length - 1;
      const whole = from === 0 && to === last;
      let width = whole ? Math.max(0, Math.floor(this._starts.length / 24)) : to - from;
      let at = whole || to === last ? -1 : from;
      width = Math.min(width, last);
      this._label("stop", "■");
      const step = () => {
        at++;
        if (at + width > last) {
          this._stop();
          return;
        }
        this._choose(at, at + width);
      };
      this._playing = setInterval(step, 600);
      step();
    }

    _stop() {
      clearInterval(this._playing);
      this._playing = null;
      this._label("play", "▶");
    }

    _label(key, sign) {
      this._play.textContent = sign;
      this._play.title = this._speech.word(key);
      this._play.setAttribute("aria-label", this._speech.word(key));
    }

    _paint() {
      const counts = new Float64Array(this._starts.length);
      for (let row = 0; row < this._bars.length; row++) {
        if (this._bars[row] >= 0 && this._filters.passes(row)) counts[this._bars[row]]++;
      }
      const [from, to] = this._chosen();
      this._draw(counts, from, to);
      this._from.value = from;
      this._to.value = to;
      const day = (days) => this._speech.day(days);
      this._range.textContent = `${day(this._starts[from])} – ${day(this._ends[to])}`;
      this._all.hidden = this._filters.state.from === null;
    }

    _draw(counts, from, to) {
      const width = this._canvas.clientWidth || 400;
      const scale = window.devicePixelRatio || 1;
      this._canvas.width = width * scale;
      this._canvas.height = HEIGHT * scale;
      const c = this._canvas.getContext("2d");
      c.scale(scale, scale);
      const style = getComputedStyle(this._box);
      const most = Math.max(1, ...counts);
      const step = width / counts.length;
      counts.forEach((count, i) => {
        if (!count) return;
        const height = Math.max(2, (count / most) * (HEIGHT - 4));
        c.fillStyle = style.getPropertyValue(i >= from && i <= to ? "--im-bar" : "--im-rule");
        c.fillRect(i * step, HEIGHT - height, Math.max(1, step - (step > 4 ? 1 : 0)), height);
      });
    }
  };
})();

"use strict";
// The sheet at the side (on a phone: at the bottom) with lists of incidents and the filters.

(() => {
  const { el, said } = IncidentMaps;
  const PAGE = 60;
  const FEW = 7;

  IncidentMaps.Drawer = class Drawer {
    constructor(map, layer, filters) {
      this._map = map;
      this._layer = layer;
      this._filters = filters;
      IncidentMaps.Board.of(map).drawer = this;
      const { speech } = layer;
      this._heading = el("h2", { tabindex: "-1" });
      this._body = el("div", {});
      const close = IncidentMaps.closeButton(speech, () => this.close());
      this._box = el(
        "aside",
        { class: "im-drawer", dir: speech.direction, lang: speech.language, hidden: true },
        el("header", {}, this._heading, close),
        this._body,
      );
      this._box.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
      L.DomEvent.disableClickPropagation(this._box);
      L.DomEvent.disableScrollPropagation(this._box);
      map.getContainer().append(this._box);
      map.on("incidents:list", ({ rows, heading }) =>
        this.list(
          () => heading,
          () => rows.filter((row) => layer.kept[row]),
        ),
      );
      map.on("area:open", ({ code, name }) => {
        // Where there is no room for both, the map goes first; its list is at hand in the crumbs.
        if (map.getSize().x <= 700 && this._parts(code).size > 1) return;
        this._area(code, speech.word("in_area", { name }));
      });
      map.on("areas:list", ({ codes, heading }) => {
        const { pcodes } = layer.head;
        const only = new Set(codes.map((code) => pcodes.indexOf(code)));
        const areas = layer.table.array("area");
        this.list(
          () => heading,
          () => layer.rows((row) => only.has(areas[row])),
        );
      });
      filters.onChange(() => this._again?.());
    }

    // List what happened in an area or its parts: first what is known only to the area.
    _area(code, heading) {
      const parts = this._parts(code);
      const { table } = this._layer;
      const [areas, stands] = [table.array("area"), table.array("stands")];
      const find = () => this._layer.rows((row) => parts.has(areas[row]));
      this.list(
        () => heading,
        () => find().sort((a, b) => (stands[b] === 1) - (stands[a] === 1) || a - b),
      );
    }

    // The numbers of an area and of all within it.
    _parts(code) {
      const { pcodes, parents } = this._layer.head;
      const found = new Set([pcodes.indexOf(code)]);
      const isPart = (area) => area !== null && (found.has(area) || isPart(parents[area]));
      pcodes.forEach((_, area) => isPart(area) && found.add(area));
      return found;
    }

    unplaced() {
      const { speech, table } = this._layer;
      const stands = table.array("stands");
      this.list(
        (rows) => speech.word("not_on_map", { n: speech.number(rows.length) }),
        () => this._layer.rows((row) => stands[row] === 2),
      );
    }

    // List the rows that a function finds, again whenever a filter changes.
    list(heading, find) {
      const list = el("ul", {});
      const more = el("button", { type: "button", class: "im-more" }, this._layer.speech.word("more"));
      const order = this._orderBox();
      let rows = [];
      let shown = 0;
      const append = () => {
        const part = rows.slice(shown, shown + PAGE);
        list.append(...part.map((row) => IncidentMaps.line(this._layer, row)));
        shown += part.length;
        more.hidden = shown >= rows.length;
      };
      const fill = () => {
        rows = this._sorted(find(), order.value);
        shown = 0;
        this._heading.replaceChildren(said(heading(rows)));
        list.replaceChildren();
        if (!rows.length) list.append(el("li", { class: "im-muted" }, this._layer.speech.word("nothing")));
        append();
      };
      more.addEventListener("click", append);
      order.addEventListener("change", fill);
      fill();
      const label = el("label", { class: "im-order" }, this._layer.speech.word("sort"), " ", order);
      label.hidden = rows.length < 3;
      const files = IncidentMaps.downloadLinks(this._layer, () => rows);
      this._open([files, label, list, more], fill);
    }

    // One incident, where the page is too narrow for a popup beside its mark, or has none.
    card(row, latLng) {
      const { speech } = this._layer;
      this._heading.replaceChildren(speech.incidents(1));
      this._open([IncidentMaps.card(this._layer, row)], null);
      if (!latLng) return;
      const { y } = this._map.latLngToContainerPoint(latLng);
      const middle = (this._map.getSize().y - this._box.offsetHeight) / 2;
      this._map.panBy([0, y - middle], { animate: false });
    }

    filters() {
      const { speech } = this._layer;
      const filters = this._filters;
      const text = el("input", {
        type: "search",
        value: filters.state.text,
        "aria-label": speech.word("filter_text"),
      });
      let timer = null;
      text.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(() => filters.change({ text: text.value }), 150);
      });
      const harm = el(
        "select",
        { onchange: () => filters.change({ harm: harm.value }), "aria-label": speech.word("filter_harm") },
        ["any", "killed", "harmed", "unknown"].map((kind) =>
          el("option", { value: kind === "any" ? "" : kind }),
        ),
      );
      harm.value = filters.state.harm;
      const facets = Object.keys(filters.facets).map((name) => this._facet(name));
      const reset = el(
        "button",
        { type: "button", class: "im-more", onclick: () => filters.reset() },
        speech.word("reset"),
      );
      const fill = () => {
        facets.forEach((facet) => facet.fill());
        if (document.activeElement !== text) text.value = filters.state.text;
        const counts = filters.tallyHarm();
        for (const option of harm.options) {
          const kind = option.value || "any";
          option.textContent = `${speech.word(`harm_${kind}`)} (${speech.number(counts[kind])})`;
        }
        harm.value = filters.state.harm;
        reset.disabled = !filters.active;
      };
      fill();
      this._heading.replaceChildren(speech.word("filters"));
      const field = (key, input) => el("fieldset", {}, el("legend", {}, speech.word(key)), input);
      const fields = [field("filter_text", text), field("filter_harm", harm)];
      this._open([fields, facets.map((facet) => facet.box), reset], fill);
    }

    close() {
      this._box.hidden = true;
      this._map.getContainer().classList.remove("im-listing");
      this._again = null;
      // An area from which one went down is no longer there.
      if (this._from && !this._from.isConnected) IncidentMaps.Board.of(this._map).areas[0]?.focus();
      this._from?.focus?.({ preventScroll: true });
    }

    _open(content, again) {
      if (this._box.hidden) this._from = document.activeElement;
      this._again = again;
      this._body.replaceChildren(...content.flat(Infinity));
      this._box.hidden = false;
      this._box.scrollTop = 0;
      this._map.getContainer().classList.add("im-listing");
      this._heading.focus({ preventScroll: true });
    }

    // One filter's values as boxes to tick, the most frequent first, with their numbers.
    _facet(name) {
      const { speech } = this._layer;
      const { values } = this._filters.facets[name];
      const list = el("ul", {});
      const more = el("button", { type: "button", class: "im-link" }, speech.word("more"));
      let open = false;
      const toggle = (value, on) => {
        const chosen = new Set(this._filters.state[name]);
        if (on) chosen.add(value);
        else chosen.delete(value);
        this._filters.change({ [name]: chosen });
      };
      const fill = () => {
        const counts = this._filters.tally(name);
        const chosen = this._filters.state[name];
        const wanted = [...values.keys()]
          .filter((code) => counts[code] || chosen.has(values[code]))
          .sort((a, b) => counts[b] - counts[a] || a - b);
        const shown = wanted.slice(0, open ? 200 : FEW);
        const focused = document.activeElement?.dataset?.value;
        list.replaceChildren(
          ...shown.map((code) => {
            const value = values[code];
            const box = el("input", {
              type: "checkbox",
              "data-value": value,
              onchange: () => toggle(value, box.checked),
            });
            box.checked = chosen.has(value);
            const label = el(
              "label",
              {},
              box,
              said(this._label(name, value)),
              el("small", {}, speech.number(counts[code])),
            );
            return el("li", {}, label);
          }),
        );
        if (focused !== undefined) list.querySelector(`[data-value="${CSS.escape(focused)}"]`)?.focus();
        more.hidden = open || wanted.length <= FEW;
      };
      more.addEventListener("click", () => {
        open = true;
        fill();
      });
      const box = el("fieldset", {}, el("legend", {}, speech.word(`filter_${name}`)), list, more);
      return { box, fill };
    }

    _label(name, value) {
      const { speech } = this._layer;
      if (!value) return speech.word("not_known");
      if (name === "type") return speech.event(value);
      return name === "precision" ? speech.word(`precision_${value}`) : value;
    }

    _orderBox() {
      const { speech } = this._layer;
      const order = el(
        "select",
        {},
        ["source", "newest", "oldest", "killed"].map((key) =>
          el("option", { value: key }, speech.word(`sort_${key}`)),
        ),
      );
      order.value = this._order || "source";
      order.addEventListener("change", () => (this._order = order.value));
      return order;
    }

    _sorted(rows, order) {
      const date = this._layer.table.array("date");
      const killed = this._layer.table.array("killed");
      const compare = {
        newest: (a, b) => date[b] - date[a],
        oldest: (a, b) => (date[a] < -1e9) - (date[b] < -1e9) || date[a] - date[b],
        killed: (a, b) => killed[b] - killed[a],
      }[order];
      return compare ? rows.sort((a, b) => compare(a, b) || a - b) : rows;
    }
  };
})();

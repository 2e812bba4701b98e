"use strict";
// One incident in words: in a popup, and as a line of a list.

(() => {
  const { el, said, link } = IncidentMaps;

  // All that is known of an incident, each thing as the source or our reading of it.
  IncidentMaps.card = (layer, row) => {
    const { table, speech } = layer;
    const text = (name) => table.text(name, row);
    const word = (key, values) => speech.word(key, values);
    const title = text("title");
    return el(
      "article",
      { class: "im-card", dir: speech.direction, lang: speech.language },
      el(
        "header",
        {},
        sign(layer, row),
        el(
          "div",
          {},
          el("h2", {}, speech.event(layer.type(row))),
          text("sub_event_type") ? el("p", {}, said(speech.subEvent(text("sub_event_type")))) : null,
        ),
      ),
      title ? el("p", { class: "im-title" }, said(title)) : null,
      el("p", { class: "im-when" }, said(speech.date(table, row))),
      facts([
        [word("place"), place(layer, row)],
        [word("how_sure"), sureness(layer, row)],
        [
          word(text("status") === "resolved" ? "also" : "candidates"),
          text("candidates") ? said(text("candidates")) : null,
        ],
        [word("killed"), speech.number(table.number("killed", row))],
        [word("wounded"), speech.number(table.number("wounded", row))],
        [word("actors"), actors(text("actor1"), text("actor2"))],
      ]),
      quoted(word("words"), text("quote")),
      text("notes") ? details(word("notes"), text("notes")) : null,
      el("footer", {}, source(layer, row)),
    );
  };

  // A line of a list: a button where the incident can be visited on the map, else only words.
  IncidentMaps.line = (layer, row) => {
    const { table, speech } = layer;
    const text = (name) => table.text(name, row);
    const where = text("place_name") || text("place") || text("admin1");
    const summary = [
      sign(layer, row),
      el(
        "span",
        { class: "im-line" },
        el(
          "strong",
          {},
          said(text("title") || speech.subEvent(text("sub_event_type")) || speech.event(layer.type(row))),
        ),
        el(
          "span",
          { class: "im-muted" },
          said(speech.date(table, row)),
          where ? " · " : "",
          where ? said(where) : "",
        ),
        table.array("stands")[row] === 2 ? el("span", { class: "im-reason" }, why(layer, row)) : "",
      ),
    ];
    const marked = table.array("stands")[row] === 0;
    if (marked) {
      return el(
        "li",
        {},
        el(
          "button",
          { type: "button", class: "im-row", onclick: (event) => layer.visit(row, event.detail === 0) },
          summary,
        ),
      );
    }
    const more = el("details", { class: "im-row" }, el("summary", {}, summary));
    more.addEventListener("toggle", () => {
      if (more.open && more.childElementCount === 1) more.append(IncidentMaps.card(layer, row));
    });
    return el("li", {}, more);
  };

  function why(layer, row) {
    const { table, speech } = layer;
    const reason = layer.head.reasons[table.array("reason")[row]];
    const own = table.text(reason === "rejected" ? "rejected" : "why", row);
    return [speech.word(`reason_${reason}`), own ? [". ", said(own)] : ""].flat();
  }

  function sign(layer, row) {
    return IncidentMaps.symbols.picture(30, (c, x, y) =>
      IncidentMaps.symbols.mark(c, x, y, {
        type: layer.type(row),
        colour: layer.colour(row),
        precision: layer.table.text("precision", row),
      }),
    );
  }

  function facts(pairs) {
    const known = pairs.filter(([, value]) => value !== null);
    return el(
      "dl",
      {},
      known.map(([term, value]) => [el("dt", {}, term), el("dd", {}, value)]),
    );
  }

  function place(layer, row) {
    const { table, speech } = layer;
    const name = table.text("place_name", row);
    const written = table.text("place", row);
    const precision = table.text("precision", row);
    const km = table.number("radius_km", row);
    const notes = [];
    if (precision) notes.push(speech.word(`precision_${precision}`));
    if (km && precision === "relative") notes.push(speech.word("within_km", { n: speech.rate(km) }));
    return [
      said(name || written || speech.word("unknown")),
      notes.length ? ` (${notes.join(", ")})` : "",
      written && written !== name
        ? el("span", { class: "im-muted im-block" }, "“", said(written), "” ", speech.word("place_said"))
        : "",
    ];
  }

  function sureness(layer, row) {
    const { table, speech } = layer;
    const sure = table.text("status", row) === "resolved" ? speech.sureness(table.number("score", row)) : "";
    const why = table.text("why", row);
    if (!sure && !why) return null;
    return [sure, sure && why ? ": " : "", why ? said(why) : ""];
  }

  function actors(first, second) {
    const known = [first, second].filter(Boolean);
    return known.length ? known.map((actor) => el("span", { class: "im-block" }, said(actor))) : null;
  }

  function quoted(label, text) {
    if (!text) return null;
    return el("figure", {}, el("figcaption", {}, label), el("blockquote", { dir: "auto" }, text));
  }

  function details(label, text) {
    return el("details", {}, el("summary", {}, label), el("p", { dir: "auto" }, text));
  }

  function source(layer, row) {
    const { table, speech } = layer;
    const name = table.text("source", row);
    const address = table.text("source_url", row);
    const file = table.text("source_file", row);
    const number = table.number("source_row", row);
    const parts = [];
    if (address) parts.push(link(address, name || address));
    else if (name) parts.push(said(name));
    if (file && file !== name) parts.push(said(file));
    if (number !== null) parts.push(speech.word("row", { n: speech.number(number) }));
    return [speech.word("source"), ": ", parts.flatMap((part, i) => (i ? [", ", part] : [part]))].flat();
  }
})();

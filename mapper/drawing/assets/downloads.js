"use strict";
// What is listed, as a file: the same rows and words, nothing more exact than the map.

(() => {
  const TEXTS = [
    "event_type",
    "sub_event_type",
    "title",
    "place",
    "place_name",
    "precision",
    "status",
    "why",
    "candidates",
    "actor1",
    "actor2",
    "notes",
    "quote",
    "source",
    "source_url",
    "source_file",
  ];
  const NUMBERS = ["killed", "wounded", "source_row"];

  IncidentMaps.download = (layer, rows, kind) => {
    const records = rows.map((row) => record(layer, row));
    const text = kind === "csv" ? csv(records) : geojson(layer, rows, records);
    const type = kind === "csv" ? "text/csv" : "application/geo+json";
    const address = URL.createObjectURL(new Blob([text], { type }));
    const link = IncidentMaps.el("a", { href: address, download: `incidents.${kind}` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  // Links that save the rows that a function finds.
  IncidentMaps.downloadLinks = (layer, find) => {
    const { el } = IncidentMaps;
    const save = (kind) => () => IncidentMaps.download(layer, find(), kind);
    const link = (kind, text) =>
      el("button", { type: "button", class: "im-link", onclick: save(kind) }, text);
    return el(
      "p",
      { class: "im-files" },
      layer.speech.word("download"),
      " ",
      link("csv", "CSV"),
      " · ",
      link("geojson", "GeoJSON"),
    );
  };

  function record(layer, row) {
    const { table } = layer;
    const day = (name) => {
      const days = table.number(name, row);
      return days === null ? null : new Date(days * 86400000).toISOString().slice(0, 10);
    };
    const found = { date: day("date"), date_end: day("date_end") };
    for (const name of TEXTS) found[name] = table.text(name, row) || null;
    for (const name of NUMBERS) found[name] = table.number(name, row);
    const marked = table.array("stands")[row] === 0;
    found.longitude = marked ? degrees(table.number("longitude", row)) : null;
    found.latitude = marked ? degrees(table.number("latitude", row)) : null;
    return found;
  }

  function degrees(value) {
    return Math.round(value * 1e5) / 1e5;
  }

  function geojson(_layer, _rows, records) {
    const features = records.map(({ longitude, latitude, ...properties }) => ({
      type: "Feature",
      geometry: longitude === null ? null : { type: "Point", coordinates: [longitude, latitude] },
      properties,
    }));
    return JSON.stringify({ type: "FeatureCollection", features });
  }

  function csv(records) {
    if (!records.length) return "";
    const names = Object.keys(records[0]);
    const lines = records.map((found) => names.map((name) => cell(found[name])).join(","));
    // The mark at the beginning tells spreadsheet programs that this is UTF-8.
    return `\ufeff${names.join(",")}\r\n${lines.join("\r\n")}\r\n`;
  }

  // A spreadsheet program runs cells that begin like a formula: an apostrophe keeps them text.
  function cell(value) {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  IncidentMaps.downloads = { csv, geojson, record };
})();

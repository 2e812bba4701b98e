"use strict";
// The page's words, numbers and dates, and the only way by which text enters the page.

IncidentMaps.Speech = class Speech {
  constructor(head) {
    this._words = head.words;
    this._numbers = new Intl.NumberFormat(head.locale, { maximumFractionDigits: 0 });
    this._fractions = new Intl.NumberFormat(head.locale, { maximumSignificantDigits: 2 });
    this.language = head.language;
    this.direction = head.direction;
    // Browsers know no Kurdish month names: figures are plain to everyone.
    const months = { en: "long", ar: "long" }[head.language];
    const style = { year: "numeric", month: months || "2-digit", day: "2-digit", timeZone: "UTC" };
    if (months) style.day = "numeric";
    const locale = months ? head.locale : "en-CA";
    this._day = new Intl.DateTimeFormat(locale, style);
    this._month = new Intl.DateTimeFormat(locale, { ...style, day: undefined });
    this._yearless = new Intl.DateTimeFormat(locale, { ...style, year: undefined });
    const short = { ...style, month: months ? "short" : "2-digit" };
    this._short = new Intl.DateTimeFormat(locale, short);
    this._year = new Intl.DateTimeFormat(locale, { year: "numeric", timeZone: "UTC" });
  }

  word(key, values = {}) {
    const text = this._words[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
  }

  has(key) {
    return key in this._words;
  }

  number(value) {
    return value === null ? this.word("unknown") : this._numbers.format(value);
  }

  rate(value) {
    if (value === null) return this.word("unknown");
    return value >= 100 ? this._numbers.format(value) : this._fractions.format(value);
  }

  incidents(count) {
    const key = count === 1 ? "incidents_n_one" : "incidents_n";
    return this.word(key, { n: this.number(count) });
  }

  event(name) {
    return name ? (this.has(`event_${name}`) ? this.word(`event_${name}`) : name) : this.word("type_unknown");
  }

  subEvent(name) {
    return this.has(`sub_${name}`) ? this.word(`sub_${name}`) : name;
  }

  // When an incident happened, as exactly as is known; in a table with short names of months.
  date(table, row, short = false) {
    const whole = short ? this._short : this._day;
    const first = table.number("date", row);
    const last = table.number("date_end", row);
    const told = table.text("date_text", row);
    const precision = table.text("date_precision", row);
    const notes = [];
    let text;
    if (first === null) {
      text = told || this.word("date_unknown");
      if (told && precision === "no-year") notes.push(this.word("year_unknown"));
    } else if (precision === "year") text = this._format(this._year, first);
    else if (precision === "month") text = this._format(this._month, first);
    else if (precision === "no-year") {
      text = this._format(this._yearless, first);
      notes.push(this.word("year_unknown"));
    } else if (last !== null && last !== first) {
      text = `${this._format(whole, first)} \u2013 ${this._format(whole, last)}`;
    } else text = this._format(whole, first);
    if (table.number("date_inferred", row)) notes.push(this.word("inferred"));
    return notes.length ? `${text} (${notes.join(", ")})` : text;
  }

  day(days) {
    return this._format(this._short, days);
  }

  sureness(score) {
    if (score === null) return "";
    return this.word(score >= 0.9 ? "sure_high" : score >= 0.7 ? "sure_middle" : "sure_low");
  }

  _format(format, days) {
    return format.format(new Date(days * 86400000));
  }
};

// Make an element. Strings become text nodes, never markup.
IncidentMaps.el = function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== ""));
  return element;
};

IncidentMaps.closeButton = function closeButton(speech, onclick) {
  const attributes = { type: "button", class: "im-close", "aria-label": speech.word("close") };
  return IncidentMaps.el("button", { ...attributes, onclick }, "×");
};

// Text from the data, set apart so that its direction cannot reorder what stands around it.
IncidentMaps.said = function said(text, attributes = {}) {
  return IncidentMaps.el("bdi", { dir: "auto", ...attributes }, text);
};

// A link, if the address is one that a browser may follow without running anything.
IncidentMaps.link = function link(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return IncidentMaps.said(text);
  }
  if (!["http:", "https:"].includes(url.protocol)) return IncidentMaps.said(text);
  return IncidentMaps.el(
    "a",
    { href: url.href, target: "_blank", rel: "noopener noreferrer", dir: "auto" },
    text,
  );
};

"use strict";
// How one incident and a cluster of them look, drawn on a canvas.

(() => {
  const TAU = 2 * Math.PI;
  const RADIUS = 8;

  // White signs on the coloured disc: an event type is told by its shape as well as its colour.
  const SIGNS = {
    Battles: (c) => lines(c, [-3, -3, 3, 3], [-3, 3, 3, -3]),
    "Explosions/Remote violence": (c) =>
      lines(c, [0, -4.2, 0, 4.2], [-3.7, -2.1, 3.7, 2.1], [-3.7, 2.1, 3.7, -2.1]),
    "Violence against civilians": (c) => outline(c, [0, -4.2, 3.6, 0, 0, 4.2, -3.6, 0]),
    Protests: (c) => outline(c, [0, -4, 4, 3, -4, 3]),
    Riots: (c) => outline(c, [-3, -3, 3, -3, 3, 3, -3, 3]),
    "Strategic developments": (c) => lines(c, [-3.5, -2, 3.5, -2], [-3.5, 2, 3.5, 2]),
    "": (c) => {
      c.beginPath();
      c.arc(0, 0, 2, 0, TAU);
      c.fill();
    },
  };

  // The dashes of each precision's ring. Where only an area is known there is none: a ring says
  // that there is a spot.
  const RINGS = { exact: [], site: [], settlement: [3.2, 2.4], relative: [1, 2.6] };

  function lines(c, ...strokes) {
    c.beginPath();
    for (const [x, y, toX, toY] of strokes) {
      c.moveTo(x, y);
      c.lineTo(toX, toY);
    }
    c.stroke();
  }

  function outline(c, points) {
    c.beginPath();
    for (let i = 0; i < points.length; i += 2) c.lineTo(points[i], points[i + 1]);
    c.closePath();
    c.fill();
  }

  function colours() {
    const dark = IncidentMaps.dark();
    return {
      halo: dark ? "#0d1620" : "#ffffff",
      ring: dark ? "#f3f6f9" : "#14202c",
      face: dark ? "#16222e" : "#ffffff",
      text: dark ? "#f3f6f9" : "#14202c",
    };
  }

  function disc(c, radius, fill) {
    c.beginPath();
    c.arc(0, 0, radius, 0, TAU);
    c.fillStyle = fill;
    c.fill();
  }

  IncidentMaps.symbols = {
    RADIUS,
    RINGS,

    // One incident: a disc with its type's sign, and a ring that tells the precision.
    mark(c, x, y, { type, colour, precision }) {
      const { halo, ring } = colours();
      c.save();
      c.translate(x, y);
      disc(c, RADIUS + 4.5, halo);
      disc(c, RADIUS, colour);
      c.strokeStyle = c.fillStyle = "#ffffff";
      c.lineWidth = 1.8;
      c.lineCap = "round";
      (SIGNS[type] || SIGNS[""])(c);
      if (RINGS[precision]) {
        c.beginPath();
        c.arc(0, 0, RADIUS + 2.6, 0, TAU);
        c.setLineDash(RINGS[precision]);
        c.lineCap = "butt";
        c.strokeStyle = ring;
        c.lineWidth = 1.5;
        c.stroke();
      }
      c.restore();
    },

    // Several incidents: their number, in a ring of their types' shares.
    cluster(c, x, y, { count, label, shares, radius }) {
      const { halo, face, text } = colours();
      c.save();
      c.translate(x, y);
      disc(c, radius + 2, halo);
      let angle = -TAU / 4;
      for (const [colour, part] of shares) {
        const to = angle + (part / count) * TAU;
        c.beginPath();
        c.moveTo(0, 0);
        c.arc(0, 0, radius, angle, to);
        c.fillStyle = colour;
        c.fill();
        angle = to;
      }
      disc(c, radius - 4.5, face);
      c.fillStyle = text;
      c.font = `600 ${radius > 20 ? 13 : 12}px system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif`;
      c.textAlign = "center";
      c.textBaseline = "middle";
      c.fillText(label, 0, 0.5);
      c.restore();
    },

    // The circle within which an incident "near" a place happened.
    reach(c, x, y, radius, colour) {
      c.save();
      c.beginPath();
      c.arc(x, y, radius, 0, TAU);
      c.fillStyle = colour;
      c.globalAlpha = 0.1;
      c.fill();
      c.globalAlpha = 0.7;
      c.setLineDash([4, 4]);
      c.strokeStyle = colour;
      c.lineWidth = 1.2;
      c.stroke();
      c.restore();
    },

    // A symbol as an element, for legends and lists.
    picture(size, draw) {
      const scale = Math.max(2, window.devicePixelRatio || 1);
      const canvas = IncidentMaps.el("canvas", {
        class: "im-symbol",
        width: size * scale,
        height: size * scale,
        "aria-hidden": "true",
      });
      canvas.style.width = canvas.style.height = `${size}px`;
      const c = canvas.getContext("2d");
      c.scale(scale, scale);
      draw(c, size / 2, size / 2);
      return canvas;
    },

    clusterRadius: (count) => (count === 1 ? RADIUS + 4 : Math.min(28, 13 + 1.5 * Math.log2(count))),
  };
})();

"use strict";
// Values cut into classes as mapper/drawing/classes.py does, anew whenever a filter changes them.

(() => {
  // The upper limit of each class, ascending. Zero and missing are no class.
  IncidentMaps.classLimits = (values, scheme, classes) => {
    const sorted = Float64Array.from(values.filter((value) => value > 0)).sort();
    const distinct = [...new Set(sorted)];
    if (distinct.length <= classes) return distinct;
    return used({ natural, quantiles, equal }[scheme](sorted, classes), sorted);
  };

  // Limits of one's own, and one more where a value lies beyond the last of them.
  IncidentMaps.ownLimits = (values, breaks) => {
    const largest = values.reduce((most, value) => Math.max(most, value), 0);
    return largest > breaks.at(-1) ? [...breaks, largest] : breaks;
  };

  // Natural breaks (Fisher and Jenks): the classes that differ least within.
  function natural(sorted, classes) {
    const n = sorted.length;
    const sums = [0];
    const squares = [0];
    sorted.forEach((value, i) => {
      sums.push(sums[i] + value);
      squares.push(squares[i] + value * value);
    });
    const spread = (i, j) => squares[j] - squares[i] - (sums[j] - sums[i]) ** 2 / (j - i);
    let cost = Array.from(sorted, (_, j) => spread(0, j + 1));
    const cuts = [];
    for (let k = 1; k < classes; k++) {
      const next = new Array(n).fill(Infinity);
      const cut = new Array(n).fill(0);
      for (let j = k; j < n; j++) {
        for (let i = k; i <= j; i++) {
          const total = cost[i - 1] + spread(i, j + 1);
          if (total < next[j]) [next[j], cut[j]] = [total, i];
        }
      }
      cuts.push(cut);
      cost = next;
    }
    const limits = [sorted[n - 1]];
    for (let k = cuts.length - 1, j = n - 1; k >= 0; k--) {
      j = cuts[k][j] - 1;
      limits.unshift(sorted[j]);
    }
    return limits;
  }

  // Equal numbers of areas, as far as equal values let them be.
  function quantiles(sorted, classes) {
    return steps(classes).map((share) => {
      const at = share * (sorted.length - 1);
      const low = Math.floor(at);
      const high = Math.min(low + 1, sorted.length - 1);
      return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
    });
  }

  // Steps of equal size.
  function equal(sorted, classes) {
    const [low, high] = [sorted[0], sorted.at(-1)];
    return steps(classes).map((share) => low + share * (high - low));
  }

  function steps(classes) {
    return Array.from({ length: classes }, (_, i) => (i + 1) / classes);
  }

  // Drop classes that hold no value, and lower each limit to the greatest value it holds.
  function used(limits, sorted) {
    limits[limits.length - 1] = sorted.at(-1);
    const greatest = new Map();
    for (const value of sorted)
      greatest.set(
        limits.findIndex((limit) => value <= limit),
        value,
      );
    return [...greatest.values()];
  }
})();

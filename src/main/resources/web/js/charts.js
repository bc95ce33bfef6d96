import * as api from './api.js';
import { byId, el } from './dom.js';
import { lines, MEASURES, measures, read } from './measures.js';
import { known, t } from './strings.js';

// Small charts of the last minutes, on the view of the box itself.

const KEPT = 60;
const WIDTH = 180;
const HEIGHT = 40;
const SVG = 'http://www.w3.org/2000/svg';

let last = null;
let kept = [];

/** Reads once more and draws; whoever may not read the metrics sees none. */
export async function refresh() {
  try {
    const now = read(await api.metrics());
    kept = [...kept, measures(last, now)].slice(-KEPT);
    last = now;
    byId('system-charts').replaceChildren(...MEASURES.map(chart));
  } catch {
    last = null; // what is missing between two readings is no rate
    if (kept.length === 0) {
      byId('system-charts').replaceChildren();
    }
  }
}

function chart(name) {
  const values = kept.map(measured => measured[name]);
  const now = values[values.length - 1];
  const text = now === null ? t('system.measure.none') : t(`system.measure.${name}.value`, { n: digits(now) });
  return el('figure', { class: 'chart' },
    el('figcaption', {}, known(`system.measure.${name}`) ?? name, ' ', el('strong', {}, text)),
    drawing(values));
}

function drawing(values) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 -2 ${WIDTH} ${HEIGHT + 4}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true'); // the number beside it says what counts
  for (const points of lines(values, WIDTH, HEIGHT)) {
    const line = document.createElementNS(SVG, 'polyline');
    line.setAttribute('points', points);
    svg.append(line);
  }
  return svg;
}

const digits = value => value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: value < 10 ? 1 : 0 });

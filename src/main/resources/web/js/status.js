import * as api from './api.js';
import { byId } from './dom.js';
import { known, t } from './strings.js';

// The line at the foot: whether the box works and how many people it knows; and what somebody should see to,
// of which the live view makes a strip.

const EVERY = 15000;
const SOON = 3000;

const watchers = new Set();

let troubles = [];
let timer = 0;

export function start() {
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
      refresh();
    }
  });
  return refresh();
}

/**
 * @param watcher told, now and whenever that may have changed, what somebody should see to: sentences
 * @returns a function that stops it
 */
export function watchTroubles(watcher) {
  watchers.add(watcher);
  watcher(troubles);
  return () => watchers.delete(watcher);
}

/** What somebody should see to, as sentences; nothing of a box that says no more than whether it is ready. */
export function troublesOf(state) {
  return (state.components ?? []) // strangers are told no more than whether it works
    .filter(part => part.trouble)
    .map(part => known(`trouble.${part.trouble}`, { which: part.name.replace(/^\w+ /, '') }) ?? `${part.name}: ${part.detail}`);
}

/** Asks now, and again later for as long as the page is to be seen. */
export async function refresh() {
  clearTimeout(timer);
  const [line, well] = await look();
  const place = byId('status');
  if (place.textContent !== line) {
    place.textContent = line;
  }
  place.dataset.state = well && troubles.length === 0 ? 'ready' : 'trouble';
  watchers.forEach(watcher => watcher(troubles));
  clearTimeout(timer);
  if (!document.hidden) {
    timer = setTimeout(refresh, well ? EVERY : SOON);
  }
}

async function look() {
  let state;
  try {
    state = await api.readiness();
  } catch {
    return [t('status.unreachable'), false];
  }
  troubles = troublesOf(state);
  const parts = state.components ?? [];
  if (!state.ready) {
    const what = parts.filter(part => !part.ready).map(part => `${part.name}: ${part.detail}`).join('; ');
    return [t('status.notready', { what }), false];
  }
  return [[t('status.ready'), ...troubles, inWords(parts.find(part => part.name === 'gallery')?.detail)].filter(Boolean).join(' · '), true];
}

/** The box says `3 people, 9 templates`, perhaps more, in English. How many of them are of another model or damaged is a trouble. */
function inWords(detail) {
  const [, people, others] = /^(\d+) \w+, \d+ \w+(?:, of which (\d+))?/.exec(detail ?? '') ?? [];
  const [, damaged] = /damaged and not compared: (\d+)/.exec(detail ?? '') ?? [];
  return people === undefined ? detail
    : [t('status.people', { n: Number(people) }), others && t('status.foreign', { n: Number(others) }),
      damaged && t('status.damaged', { n: Number(damaged) })].filter(Boolean).join(' · ');
}

import * as api from './api.js';
import { announce, byId, el, message, problemBox, show } from './dom.js';
import * as events from './events.js';
import { features } from './features.js';
import { filtersOf, matches, merged, unseen } from './filter.js';
import { listen } from './stream.js';
import { t } from './strings.js';

// The view of the log: every decision with its explanation, and what else happened, newest first. It grows by itself.

const PAGE = 50;
const SUGGESTED = 1000;

let current = new AbortController();
let shown = [];
let next = null;
let names = [];

export function start() {
  byId('log-person').placeholder = t('log.person.part');
  byId('log-filter').addEventListener('submit', event => event.preventDefault());
  byId('log-filter').addEventListener('change', () => reload());
  byId('log-more').addEventListener('click', more);
  byId('log-print').addEventListener('click', () => print());
}

export async function enter() {
  const stops = [
    listen('event', happened),
    listen('state', state => {
      message(byId('log-offline'), state === 'open' ? '' : t(`stream.${state}`));
      if (state === 'open') {
        catchUp();
      }
    }),
  ];
  current.signal.addEventListener('abort', () => stops.forEach(stop => stop()));
  const [people, { doors, cameras }] = await Promise.all([api.list(null, SUGGESTED).catch(() => ({ people: [] })), features()]);
  names = people.people.map(person => person.label);
  byId('log-names').replaceChildren(...names.map(name => el('option', { value: name })));
  choices('door', doors ?? []);
  choices('camera', cameras ?? []);
  await reload();
}

/** A choice among several; where there is one or none, none. */
function choices(what, all) {
  const select = byId(`log-${what}`);
  const before = select.value;
  select.replaceChildren(el('option', { value: '' }, t('log.what.all')), ...all.map(({ id }) => el('option', { value: id }, id)));
  select.value = all.some(({ id }) => id === before) ? before : '';
  show(byId(`log-${what}-field`), all.length > 1);
}

export function leave() {
  current.abort();
  current = new AbortController();
}

/** As the filter says: what, whom, where and on which day; one for each name that fits. */
const wanted = () => filtersOf({
  what: byId('log-what').value,
  person: byId('log-person').value,
  day: byId('log-day').value,
  door: byId('log-door').value,
  camera: byId('log-camera').value,
}, names);

async function reload() {
  await load(null, page => {
    shown = page.events;
    next = page.next;
    render();
  });
}

async function more() {
  const first = shown.length;
  await load(next, page => {
    shown = shown.concat(unseen(page.events, shown));
    next = page.next;
    render();
  });
  byId('log-list').children[first]?.querySelector('summary')?.focus();
}

/** After a break of the connection: what has been missed. */
async function catchUp() {
  await load(null, page => {
    shown = unseen(page.events, shown).concat(shown);
    render();
  });
}

async function load(before, take) {
  const { signal } = current;
  try {
    const pages = await Promise.all(wanted().map(filter => api.events({ ...filter, before, limit: PAGE })));
    if (!signal.aborted) {
      byId('log-error').replaceChildren();
      take(merged(pages));
    }
  } catch (error) {
    byId('log-error').replaceChildren(problemBox(error));
  }
}

function happened(event) {
  if (wanted().some(filter => matches(event, filter)) && !shown.some(other => other.id === event.id)) {
    shown.unshift(event);
    byId('log-list').prepend(events.entry(event));
    count();
    announce(events.sentence(event));
  }
}

function render() {
  byId('log-list').replaceChildren(...shown.map(event => events.entry(event)));
  show(byId('log-more'), next !== null);
  count();
}

function count() {
  byId('log-count').textContent = shown.length === 0 ? t('log.none') : '';
}

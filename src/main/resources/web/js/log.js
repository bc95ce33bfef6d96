import * as api from './api.js';
import { announce, byId, message, problemBox, show } from './dom.js';
import * as events from './events.js';
import { filterOf, matches, unseen } from './filter.js';
import { listen } from './stream.js';
import { t } from './strings.js';

// The view of the log: every decision with its explanation, and what else happened, newest first. It grows by itself.

const PAGE = 50;

let current = new AbortController();
let shown = [];
let next = null;

export function start() {
  byId('log-filter').addEventListener('submit', event => event.preventDefault());
  byId('log-filter').addEventListener('change', () => reload());
  byId('log-more').addEventListener('click', more);
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
  await reload();
}

export function leave() {
  current.abort();
  current = new AbortController();
}

/** As the filter says: what, whom and on which day. */
const wanted = () => filterOf(byId('log-what').value, byId('log-person').value, byId('log-day').value);

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
    const page = await api.events({ ...wanted(), before, limit: PAGE });
    if (!signal.aborted) {
      byId('log-error').replaceChildren();
      take(page);
    }
  } catch (error) {
    byId('log-error').replaceChildren(problemBox(error));
  }
}

function happened(event) {
  if (matches(event, wanted()) && !shown.some(other => other.id === event.id)) {
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

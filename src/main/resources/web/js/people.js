import * as api from './api.js';
import { askDelete, askRename } from './person.js';
import { announce, byId, el, problemBox, show } from './dom.js';
import { askRights } from './rights.js';
import { session } from './session.js';
import * as status from './status.js';
import { date, t } from './strings.js';
import { flush, success } from './toast.js';

// The view that lists who is enrolled. Filtering is done here, over all pages of the list.

const PAGE = 50;
const BULK = 1000;

let people = [];
let total = 0;
let next = null;
let loading = Promise.resolve();
let may = () => false;

export function start() {
  byId('people-filter').addEventListener('input', filterChanged);
  byId('people-search').addEventListener('submit', event => event.preventDefault());
  byId('people-more').addEventListener('click', more);
}

export async function enter() {
  await flush();
  const { operations } = await session();
  may = operation => operations.includes(operation);
  await reload();
}

/** Reads the list anew, as far as it was shown. */
async function reload() {
  const wanted = Math.max(PAGE, people.length);
  await load(async () => {
    const page = await api.list(null, Math.min(BULK, wanted));
    people = page.people;
    take(page);
    while (next !== null && people.length < wanted) {
      await append(BULK);
    }
    await fillForFilter();
  });
}

async function more() {
  const first = people.length;
  await load(() => append(PAGE));
  byId('people-rows').children[first]?.querySelector('button')?.focus();
}

async function filterChanged() {
  await load(fillForFilter);
  announce(countText(visible().length));
}

async function fillForFilter() {
  while (filter() && next !== null) {
    await append(BULK);
  }
}

async function append(limit) {
  const page = await api.list(next, limit);
  people = people.concat(page.people);
  take(page);
}

function take(page) {
  total = page.total;
  next = page.next;
}

/** One after the other, so that two loads never append the same page. */
function load(work) {
  loading = loading.then(work).then(
    () => byId('people-error').replaceChildren(),
    error => byId('people-error').replaceChildren(problemBox(error))).then(render);
  return loading;
}

const filter = () => byId('people-filter').value.trim();

const plain = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();

function visible() {
  const wanted = plain(filter());
  return wanted ? people.filter(person => plain(person.label).includes(wanted) || person.external_id === filter()) : people;
}

function countText(n) {
  if (filter()) {
    return t('people.found', { n, total, filter: filter() });
  }
  return total === 0 ? t('people.count.none') : t('people.count', { n: total });
}

function render() {
  const rows = visible();
  byId('people-count').textContent = byId('people-error').hasChildNodes() ? '' : countText(rows.length);
  show(byId('people-table'), rows.length > 0);
  show(byId('people-more'), next !== null && !filter());
  byId('people-rows').replaceChildren(...rows.map(row));
}

function row(person) {
  const name = person.label;
  // The roles are spelt out because a phone shows the rows as cards, which takes the table's own roles away.
  return el('tr', { role: 'row' },
    el('th', { role: 'rowheader', scope: 'row' }, may('getPerson') ? el('a', { href: addressOf(name) }, name) : name,
      person.active ? null : el('span', { class: 'verdict warn' }, ` ${t('person.inactive')}`)),
    el('td', { role: 'cell', class: 'number' }, t('people.photos', { n: person.count })),
    el('td', { role: 'cell', 'data-head': t('people.since') }, date(person.created_at)),
    el('td', { role: 'cell', 'data-head': t('people.changed') }, date(person.updated_at)),
    el('td', { role: 'cell', class: 'row-actions' },
      ...[
        ['open', 'getPerson', () => { location.hash = addressOf(name); }],
        ['rename', 'renamePerson', () => askRename(name)],
        ['delete', 'delete', () => askDelete(person)],
        ['rights', 'setAccess', () => askRights(name)],
      ].filter(([, operation]) => may(operation)).map(([what, , act]) => action(what, name, act))));
}

const addressOf = name => `#person=${encodeURIComponent(name)}`;

/** After a change the list is read anew; what was done is said, and the focus goes to a place that still exists. */
function action(what, name, act) {
  return el('button', {
    type: 'button',
    class: 'button',
    'aria-label': t(`people.${what}.which`, { name }),
    click: async () => {
      const done = await act();
      if (done) {
        await reload();
        success(done);
        status.refresh();
        if (!document.activeElement || document.activeElement === document.body) {
          byId('people-title').focus();
        }
      }
    },
  }, t(`people.${what}`));
}

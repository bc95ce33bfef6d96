import * as api from './api.js';
import { askDelete, askRename } from './person.js';
import { announce, byId, el, problemBox, show } from './dom.js';
import { askRights } from './rights.js';
import { session } from './session.js';
import * as status from './status.js';
import { date, t } from './strings.js';
import { flush, success } from './toast.js';

// The view that lists who is enrolled. The box searches: it may know many.

const PAGE = 50;
const BULK = 1000;
/** Milliseconds after a key until it is searched: several come one after the other. */
const SOON = 200;

let people = [];
/** How many fit, and how many there are. */
let fitting = 0;
let total = 0;
let next = null;
let loading = Promise.resolve();
let may = () => false;
let typing = 0;

export function start() {
  byId('people-filter').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(filterChanged, SOON);
  });
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
    people = [];
    next = null;
    do {
      await append(Math.min(BULK, wanted - people.length));
    } while (next !== null && people.length < wanted);
  });
}

async function more() {
  const first = people.length;
  await load(() => append(PAGE));
  byId('people-rows').children[first]?.querySelector('button')?.focus();
}

async function filterChanged() {
  people = [];
  await reload();
  announce(countText());
}

async function append(limit) {
  const page = filter() ? await api.find(filter(), next, limit) : await api.list(next, limit);
  people = people.concat(page.people);
  fitting = page.total;
  total = filter() ? total || (await api.list(null, 1)).total : page.total;
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

function countText() {
  if (filter()) {
    return t('people.found', { n: fitting, total, filter: filter() });
  }
  return total === 0 ? t('people.count.none') : t('people.count', { n: total });
}

function render() {
  byId('people-count').textContent = byId('people-error').hasChildNodes() ? '' : countText();
  show(byId('people-table'), people.length > 0);
  show(byId('people-more'), next !== null);
  byId('people-rows').replaceChildren(...people.map(row));
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

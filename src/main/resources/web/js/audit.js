import * as api from './api.js';
import { announce, byId, el, problemBox, show } from './dom.js';
import { filtersOf } from './filter.js';
import { exactly, known, t } from './strings.js';

// The view of who did what to the box, newest first. What is told of each act is in the log's chain.

const PAGE = 50;

let next = null;

export function start() {
  byId('audit-filter').addEventListener('submit', event => event.preventDefault());
  byId('audit-filter').addEventListener('change', () => load(null));
  byId('audit-more').addEventListener('click', () => load(next));
  byId('audit-save').addEventListener('click', save);
}

export const enter = () => load(null);

const wanted = () => {
  const [{ label, from, to }] = filtersOf({ what: '', person: byId('audit-person').value, day: byId('audit-day').value });
  return { label, from, to };
};

/** @param before place in the log before which it goes on; null: from the newest */
async function load(before) {
  try {
    const page = await api.audit({ ...wanted(), before, limit: PAGE });
    const rows = page.acts.map(row);
    if (before === null) {
      byId('audit-rows').replaceChildren(...rows);
    } else {
      byId('audit-rows').append(...rows);
    }
    next = page.next;
    show(byId('audit-more'), next !== null);
    show(byId('audit-table'), byId('audit-rows').children.length > 0);
    byId('audit-count').textContent = byId('audit-rows').children.length === 0 ? t('log.none') : '';
    byId('audit-error').replaceChildren();
  } catch (error) {
    byId('audit-error').replaceChildren(problemBox(error));
  }
}

/** What was done, in the reader's language. */
export const sentence = act => known(`reason.act-${act.act}`) ?? act.act;

/** Ids and words beside it: what the box calls them. */
export const details = act => Object.entries(act.details).filter(([, value]) => value !== '').map(([name, value]) => `${name} ${value}`).join(', ');

function row(act) {
  return el('tr', { role: 'row' },
    el('td', { role: 'cell' }, el('time', { datetime: act.at }, exactly(act.at))),
    el('th', { role: 'rowheader', scope: 'row' }, act.by),
    el('td', { role: 'cell' }, sentence(act), act.label ? el('strong', {}, ` ${act.label}`) : null),
    el('td', { role: 'cell', class: 'notes' }, details(act)),
    el('td', { role: 'cell', 'data-head': t('audit.from') }, act.from));
}

/** Fetched and then saved, because a plain link could not send a key. */
async function save() {
  try {
    const address = URL.createObjectURL(await api.auditFile(wanted()));
    el('a', { href: address, download: 'audit.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    announce(t('attendance.saved', { name: 'audit.csv' }));
  } catch (error) {
    byId('audit-error').replaceChildren(problemBox(error));
  }
}

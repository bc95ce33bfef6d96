import * as api from './api.js';
import { askCorrection } from './correction.js';
import { byId, el, problemBox, show } from './dom.js';
import { badge } from './events.js';
import { plain } from './names.js';
import { chosen, COUNTERS, dayAfter, monthAfter, presence, stateOf } from './presence.js';
import { listen } from './stream.js';
import { dayName, duration, hours, t, time, today } from './strings.js';
import { success } from './toast.js';

// The view of who is in, who left and who is missing on a day, and of a whole month. What counts is the box's business.

const TONES = { in: 'good', out: 'plain', open: 'warn', absent: 'bad', expected: 'plain', off: 'plain' };
const FORMATS = ['csv', 'xlsx', 'json'];
/** Milliseconds after an event until the day is read again: several come at once. */
const SOON = 500;

let current = new AbortController();
let shown = { people: [], kept: true, date: '', zone: '' };
let counter = null;
let order = 'name';

export function start() {
  byId('attendance-date').addEventListener('change', loadDay);
  byId('attendance-before').addEventListener('click', () => turn(-1));
  byId('attendance-after').addEventListener('click', () => turn(1));
  byId('attendance-month').addEventListener('change', loadMonth);
  byId('attendance-month-before').addEventListener('click', () => turnMonth(-1));
  byId('attendance-month-after').addEventListener('click', () => turnMonth(1));
  byId('attendance-print').addEventListener('click', () => print());
  byId('attendance-filter').addEventListener('input', render);
  byId('attendance-search').addEventListener('submit', event => event.preventDefault());
  byId('attendance-counters').append(...Object.keys(COUNTERS).map(key => el('button', {
    type: 'button',
    class: 'counter',
    'data-counter': key,
    'aria-pressed': 'false',
    click: () => {
      counter = counter === key ? null : key;
      render();
    },
  })));
  document.querySelectorAll('#attendance-table [data-sort]').forEach(head => {
    head.append(el('button', {
      type: 'button',
      class: 'sort',
      click: () => {
        order = head.dataset.sort;
        render();
      },
    }, t(head.dataset.name)));
  });
  ['day', 'month'].forEach(tab => byId(`attendance-tab-${tab}`).addEventListener('click', () => turnTo(tab)));
  for (const [id, save] of [['attendance-day-exports', saveDay], ['attendance-month-exports', saveMonth]]) {
    byId(id).append(...FORMATS.map(format => el('button', {
      type: 'button', class: 'button', 'aria-label': t('attendance.export.which', { format: format.toUpperCase() }), click: () => save(format),
    }, format.toUpperCase())));
  }
}

/** @param what day, month, or the counter that filters the day, such as late */
export async function enter(what = null) {
  turnTo(what === 'month' ? 'month' : 'day');
  if (what in COUNTERS) {
    counter = what;
    byId('attendance-date').value = today();
  }
  byId('attendance-date').value ||= today();
  byId('attendance-month').value ||= today().slice(0, 7);
  let timer = 0;
  const stop = listen('event', () => {
    clearTimeout(timer);
    timer = byId('attendance-date').value === today() ? setTimeout(loadDay, SOON) : 0;
  });
  current.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    stop();
  });
  await Promise.all([loadDay(), loadMonth()]);
}

export function leave() {
  current.abort();
  current = new AbortController();
}

const day = () => byId('attendance-date').value || today();
const month = () => byId('attendance-month').value || today().slice(0, 7);

function turn(days) {
  byId('attendance-date').value = dayAfter(day(), days);
  loadDay();
}

function turnMonth(months) {
  byId('attendance-month').value = monthAfter(month(), months);
  loadMonth();
}

async function loadDay() {
  const asked = day();
  await into('attendance-error', async () => {
    const { people, kept, time_zone: zone } = await api.attendanceDay(asked);
    if (asked !== day()) {
      return;
    }
    shown = { people, kept, date: asked, zone };
    render();
  });
}

/** What was read, as it was asked for. */
function render() {
  const { people, kept, date, zone } = shown;
  const part = plain(byId('attendance-filter').value.trim());
  const rows = chosen(people, { counter, fits: label => plain(label).includes(part), order }, Date.now());
  const text = `${dayName(`${date}T12:00`)}: ${!kept ? t('attendance.off')
    : people.length === 0 ? t('attendance.none')
    : rows.length < people.length ? t('attendance.some', { n: rows.length, total: people.length }) : t('attendance.people', { n: people.length })}`;
  if (byId('attendance-summary').textContent !== text) {
    byId('attendance-summary').textContent = text;
  }
  document.querySelectorAll('#attendance-counters .counter').forEach(button => {
    const key = button.dataset.counter;
    button.setAttribute('aria-pressed', String(counter === key));
    button.replaceChildren(el('strong', {}, String(people.filter(COUNTERS[key]).length)), ' ', el('span', {}, t(`attendance.count.${key}`)));
  });
  document.querySelectorAll('#attendance-table [data-sort]').forEach(head => {
    head.setAttribute('aria-sort', head.dataset.sort === order ? (order === 'presence' ? 'descending' : 'ascending') : 'none');
  });
  byId('attendance-rows').replaceChildren(...rows.map(person => row(person, date, zone)));
  show(byId('attendance-table'), rows.length > 0);
}

function turnTo(tab) {
  for (const one of ['day', 'month']) {
    byId(`attendance-tab-${one}`).setAttribute('aria-pressed', String(one === tab));
    show(byId(`attendance-${one}-part`), one === tab);
  }
}

async function loadMonth() {
  const asked = month();
  await into('attendance-error', async () => {
    const { people } = await api.attendanceMonth(asked);
    if (asked === month()) {
      byId('attendance-month-rows').replaceChildren(...people.map(monthRow));
      show(byId('attendance-month-table'), people.length > 0);
      show(byId('attendance-month-none'), people.length === 0);
    }
  });
}

async function into(id, work) {
  try {
    await work();
    byId(id).replaceChildren();
  } catch (error) {
    byId(id).replaceChildren(problemBox(error));
  }
}

const late = person => person.late_seconds > 0;

function row(person, date, zone) {
  const state = stateOf(person);
  const there = presence(person, Date.now());
  const notes = [
    late(person) ? t('attendance.late.by', { span: duration(Math.max(60, person.late_seconds)) }) : null,
    person.early_seconds > 0 ? t('attendance.early.by', { span: duration(person.early_seconds) }) : null,
    person.corrections > 0 ? t('attendance.corrected', { n: person.corrections }) : null,
  ].filter(Boolean);
  return el('tr', { role: 'row' },
    el('th', { role: 'rowheader', scope: 'row' }, person.label),
    el('td', { role: 'cell' }, badge(t(`attendance.state.${state}`), TONES[state]), ' ', late(person) ? badge(t('attendance.late'), 'warn') : null),
    cell('attendance.first', person.first_in ? time(person.first_in) : '–'),
    cell('attendance.last', person.last_out ? time(person.last_out) : '–'),
    cell('attendance.presence', there > 0 ? hours(there) : '–'),
    el('td', { role: 'cell', class: 'notes' }, notes.join(', '), ' ', el('button', {
      type: 'button',
      class: 'link',
      'aria-label': t('correct.which', { name: person.label }),
      click: async () => {
        const done = await askCorrection(person, date, zone);
        if (done) {
          success(done);
          await loadDay();
        }
      },
    }, t('correct'))));
}

function monthRow(person) {
  return el('tr', { role: 'row' },
    el('th', { role: 'rowheader', scope: 'row' }, person.label),
    cell('attendance.days.present', person.days_present),
    cell('attendance.presence', hours(person.presence_seconds)),
    cell('attendance.expected', hours(person.expected_seconds)),
    cell('attendance.days.late', person.days_late),
    cell('attendance.days.absent', person.days_absent));
}

function cell(key, text) {
  return el('td', { role: 'cell', class: 'number', 'data-head': t(key) }, String(text));
}

const saveDay = format => save(`attendance-${day()}.${format}`, () => api.attendanceDayFile(day(), format));
const saveMonth = format => save(`attendance-${month()}.${format}`, () => api.attendanceMonthFile(month(), format));

/** Fetched and then saved, because a plain link could not send a key. */
async function save(name, fetchFile) {
  await into('attendance-error', async () => {
    const address = URL.createObjectURL(await fetchFile());
    const link = el('a', { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    success(t('attendance.saved', { name }));
  });
}

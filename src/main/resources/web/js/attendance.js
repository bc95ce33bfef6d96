import * as api from './api.js';
import { askCorrection } from './correction.js';
import { announce, byId, el, problemBox, show } from './dom.js';
import { badge } from './events.js';
import { dayAfter, monthAfter, presence, stateOf } from './presence.js';
import { listen } from './stream.js';
import { dayName, hours, t, time, today } from './strings.js';

// The view of who is in, who left and who is missing on a day, and of a whole month. What counts is the box's business.

const TONES = { in: 'good', out: 'plain', open: 'warn', absent: 'bad', expected: 'plain', off: 'plain' };
const FORMATS = ['csv', 'xlsx', 'json'];
/** Milliseconds after an event until the day is read again: several come at once. */
const SOON = 500;

let current = new AbortController();

export function start() {
  byId('attendance-date').addEventListener('change', loadDay);
  byId('attendance-before').addEventListener('click', () => turn(-1));
  byId('attendance-after').addEventListener('click', () => turn(1));
  byId('attendance-month').addEventListener('change', loadMonth);
  byId('attendance-month-before').addEventListener('click', () => turnMonth(-1));
  byId('attendance-month-after').addEventListener('click', () => turnMonth(1));
  for (const [id, save] of [['attendance-day-exports', saveDay], ['attendance-month-exports', saveMonth]]) {
    byId(id).append(...FORMATS.map(format => el('button', {
      type: 'button', class: 'button', 'aria-label': t('attendance.export.which', { format: format.toUpperCase() }), click: () => save(format),
    }, format.toUpperCase())));
  }
}

export async function enter() {
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
    const { people, time_zone: zone } = await api.attendanceDay(asked);
    if (asked !== day()) {
      return;
    }
    const text = `${dayName(`${asked}T12:00`)}: ${summary(people)}`;
    if (byId('attendance-summary').textContent !== text) {
      byId('attendance-summary').textContent = text;
    }
    byId('attendance-rows').replaceChildren(...people.map(person => row(person, asked, zone)));
    show(byId('attendance-table'), people.length > 0);
  });
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

function summary(people) {
  if (people.length === 0) {
    return t('attendance.none');
  }
  const count = state => people.filter(person => stateOf(person) === state).length;
  return [
    t('attendance.count.in', { count: count('in') }),
    t('attendance.count.out', { count: count('out') }),
    t('attendance.count.late', { count: people.filter(late).length }),
    t('attendance.count.absent', { count: count('absent') }),
  ].join(', ');
}

const late = person => person.late_seconds > 0;

function row(person, date, zone) {
  const state = stateOf(person);
  const there = presence(person, Date.now());
  const notes = [
    late(person) ? t('attendance.late.by', { hours: hours(person.late_seconds) }) : null,
    person.early_seconds > 0 ? t('attendance.early.by', { hours: hours(person.early_seconds) }) : null,
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
          announce(done);
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
    announce(t('attendance.saved', { name }));
  });
}

// Where somebody is on a day, for how long, and which day comes next. Knows neither the page nor the clock.

/**
 * Where somebody is: there, gone, or not come; a night may go on after its day is over.
 *
 * @param person of an attendance day
 * @returns `in`, `out`, `open` (came and was not seen to leave), or the box's own status
 */
export function stateOf(person) {
  if (person.status !== 'present') {
    return person.status;
  }
  return person.open_since === null ? 'out' : person.there ? 'in' : 'open';
}

/** Seconds. Whoever is there has been there until now, in milliseconds since 1970. */
export function presence(person, now) {
  const since = stateOf(person) === 'in' ? (now - new Date(person.open_since)) / 1000 : 0;
  return person.presence_seconds + Math.max(0, since);
}

/** The day so many days after one such as 2026-11-25. */
export function dayAfter(day, days) {
  const moved = new Date(`${day}T12:00Z`);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

/** The month so many months after one such as 2026-11. */
export function monthAfter(month, months) {
  const moved = new Date(`${month}-15T12:00Z`);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  return moved.toISOString().slice(0, 7);
}

/** The counters of a day, in the order in which they are shown, and whom each counts. */
export const COUNTERS = {
  in: person => stateOf(person) === 'in',
  late: person => person.late_seconds > 0,
  absent: person => stateOf(person) === 'absent',
  out: person => ['out', 'open'].includes(stateOf(person)),
};

/** Later than any instant, for who has not come. */
const LAST = '9999';

const ORDERS = {
  name: (one, other) => one.label.localeCompare(other.label),
  state: (one, other) => stateOf(one).localeCompare(stateOf(other)),
  first: (one, other) => (one.first_in ?? LAST).localeCompare(other.first_in ?? LAST),
  presence: (one, other, now) => presence(other, now) - presence(one, now),
};

/**
 * The people of a day as they are to be shown.
 *
 * @param wanted `{counter, fits, order}`: one of the counters or null, whether a label is wanted, one of name, state, first, presence
 */
export function chosen(people, { counter, fits, order }, now) {
  const compare = ORDERS[order];
  return people.filter(person => (counter === null || COUNTERS[counter](person)) && fits(person.label))
    .sort((one, other) => compare(one, other, now) || ORDERS.name(one, other));
}

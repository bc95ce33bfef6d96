import { withPart } from './names.js';

// Which events of the log are wanted. Knows neither the page nor the box.

const VERDICTS = ['granted', 'denied', 'pin_needed'];

/** So many people with a part of a name in common are asked for, each by the whole name; of more, the first. */
const MOST_NAMES = 8;

/**
 * What to ask the box for, which knows whole names alone: one question for each person whose name has the part that was typed.
 *
 * @param wanted `{what, person, day, door, camera}`, each an empty text for all; what is a verdict or another kind of event, day such
 *     as 2026-11-25 on the calendar on the wall
 * @param names of people
 */
export function filtersOf({ what, person, day, door = '', camera = '' }, names = []) {
  const from = new Date(`${day}T00:00`);
  const to = new Date(from);
  to.setDate(to.getDate() + 1);
  const typed = person.trim();
  const labels = names.includes(typed) || typed === '' ? [typed] : withPart(typed, names).slice(0, MOST_NAMES);
  return (labels.length > 0 ? labels : [typed]).map(label => ({
    ...(VERDICTS.includes(what) ? { kind: 'decision', verdict: what } : { kind: what }),
    label,
    door,
    camera,
    from: day && from.toISOString(),
    to: day && to.toISOString(),
  }));
}

/** Pages that were asked for side by side as one, newest first. What lies beyond the shortest of them is asked for with the next. */
export function merged(pages) {
  if (pages.length === 1) {
    return pages[0];
  }
  const nexts = pages.map(page => page.next).filter(next => next !== null);
  const next = nexts.length > 0 ? Math.max(...nexts) : null;
  const events = pages.flatMap(page => page.events)
    .filter(event => next === null || event.sequence >= next)
    .sort((one, other) => other.sequence - one.sequence);
  return { events, next };
}

/** Whether the box would answer this event to the filter. */
export function matches(event, { kind, verdict, label, door, camera, from, to }) {
  return (!kind || kind === event.kind)
    && (!verdict || verdict === event.decision?.verdict)
    && (!label || label === event.label)
    && (!door || door === event.door)
    && (!camera || camera === event.camera)
    && (!from || (event.at >= from && event.at < to));
}

/** Those that are not shown yet: an event may come both ways. */
export function unseen(found, shown) {
  const ids = new Set(shown.map(event => event.id));
  return found.filter(event => !ids.has(event.id));
}

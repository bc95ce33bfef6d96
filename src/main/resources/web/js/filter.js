// Which events of the log are wanted. Knows neither the page nor the box.

const VERDICTS = ['granted', 'denied', 'pin_needed'];

/**
 * What to ask the box for.
 *
 * @param what a verdict, or another kind of event, or an empty text for all
 * @param person a label, or an empty text for everybody
 * @param day such as 2026-11-25 on the calendar on the wall, or an empty text for all
 */
export function filterOf(what, person, day) {
  const from = new Date(`${day}T00:00`);
  const to = new Date(from);
  to.setDate(to.getDate() + 1);
  return {
    ...(VERDICTS.includes(what) ? { kind: 'decision', verdict: what } : { kind: what }),
    label: person.trim(),
    from: day && from.toISOString(),
    to: day && to.toISOString(),
  };
}

/** Whether the box would answer this event to the filter. */
export function matches(event, { kind, verdict, label, from, to }) {
  return (!kind || kind === event.kind)
    && (!verdict || verdict === event.decision?.verdict)
    && (!label || label === event.label)
    && (!from || (event.at >= from && event.at < to));
}

/** Those that are not shown yet: an event may come both ways. */
export function unseen(found, shown) {
  const ids = new Set(shown.map(event => event.id));
  return found.filter(event => !ids.has(event.id));
}

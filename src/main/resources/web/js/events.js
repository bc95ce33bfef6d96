import { el } from './dom.js';
import { dateTime, dayName, decimal, exactly, known, LANGUAGE, t } from './strings.js';

// What was recorded at the door, in words. The box says why as codes, numbers and words, of which a sentence is made here; its
// own sentence, in English, is among the details.

/** Reasons that say what the camera measured, not why. */
const MEASURED = ['face', 'face-alone', 'no-face'];

const TONES = {
  granted: 'good', denied: 'bad', pin_needed: 'warn',
  door_forced: 'bad', door_failed: 'bad', door_held_open: 'warn', locked_out: 'bad', consent_withdrawn: 'warn', consent_ending: 'warn', consent_expired: 'warn', camera_lost: 'bad', mode_changed: 'warn', camera_back: 'good',
};

/** Of a decision its verdict, otherwise what happened. */
export const sort = event => event.decision?.verdict ?? event.kind;

export const tone = event => TONES[sort(event)] ?? 'plain';

export const title = event => known(`event.${sort(event)}`) ?? sort(event).replaceAll('_', ' ');

/** Whom it was about; for a decision about nobody known, that. */
export function who(event) {
  const identity = event.decision?.sighting?.identity;
  return event.label ?? (identity ? t(`identity.${identity}`) : null);
}

/** Where: the door, else the camera. */
export const place = event => event.door ?? event.camera ?? '';

/**
 * Why, in the reader's language. What the camera measured is among the details. Rows from before there were codes have a
 * sentence of the box alone: in another language than English their rule's own takes its place.
 */
export function explanation(event) {
  const said = (event.findings ?? []).filter(({ code }) => !MEASURED.includes(code));
  if (said.length > 0 && said.every(({ code }) => known(`reason.${code}`) !== null)) {
    return said.map(reason).join('; ');
  }
  const { rule, verdict, sighting } = event.decision ?? {};
  const own = LANGUAGE !== 'en' && rule ? known(`rule.${rule}.${verdict}`) ?? known(`rule.${rule}`) : null;
  const decided = own && rule === 'liveness' ? sighting?.liveness.findings[0] : null;
  return decided ? `${own}: ${reason(decided)}. ${t('reason.do')}` : own ?? event.detail ?? '';
}

/** One line for a screen reader. */
export function sentence(event) {
  return [title(event), who(event), place(event), explanation(event)].filter(Boolean).join(', ');
}

/** What happened as a sentence for people. */
export function story(event) {
  const name = event.label ?? t('story.somebody');
  const why = explanation(event);
  const by = event.decision?.rule === 'operator' ? (event.findings ?? []).find(({ code }) => code === 'key')?.words?.key : undefined;
  if (by) {
    return t('story.operator', { by, place: place(event) });
  }
  const key = `story.${sort(event)}`;
  const text = known(key, { name, why, place: place(event) }) ?? `${title(event)}${event.label ? `: ${event.label}` : ''}`;
  return why && ['denied', 'pin_needed'].includes(sort(event)) ? `${text}: ${why}` : text;
}

export function badge(text, tone) {
  return el('span', { class: `badge ${tone}` }, text);
}

/** The figures and codes behind an event; null if there are none. */
export function factsList(event) {
  const facts = factsOf(event);
  return facts.length === 0 ? null : el('dl', {}, ...facts.flatMap(([key, text]) => [el('dt', {}, t(key)), el('dd', {}, text)]));
}

/** An entry of the log. */
export function entry(event) {
  const moment = el('time', { datetime: event.at }, exactly(event.at));
  const head = el('p', { class: 'head' },
    badge(title(event), tone(event)), who(event) ? el('strong', {}, who(event)) : null, el('span', { class: 'where' }, place(event)), moment);
  const facts = factsList(event);
  return el('li', { class: 'entry', 'data-id': event.id },
    head,
    el('p', { class: 'why' }, explanation(event)),
    facts === null ? null : el('details', {}, el('summary', {}, t('log.details')), facts));
}

function factsOf(event) {
  const { distance, threshold, margin, liveness, frames, embedded, usable } = event.decision?.sighting ?? {};
  return [
    ['log.sequence', event.sequence],
    ['log.camera', event.camera],
    ['log.direction', event.camera && event.direction ? t(`direction.${event.direction}`) : null],
    ['log.rule', event.decision?.rule],
    ['log.box', explanation(event) === event.detail ? null : event.detail],
    ['log.distance', isNumber(distance) ? t('log.distance.of', { distance: decimal(distance), threshold: decimal(threshold) }) : null],
    ['detail.margin', isNumber(margin) ? decimal(margin, 3) : null],
    ['detail.liveness', liveness ? live(liveness) : null],
    ['log.frames', frames ? t('log.frames.of', { frames, embedded }) : null],
    ['log.took', usable ? t('log.took.ms', { ms: new Date(event.seen_at) - new Date(usable) }) : null],
    ['log.visit', event.visit],
  ].filter(([, text]) => text !== null && text !== undefined && text !== '');
}

const isNumber = value => typeof value === 'number';

function live({ state, score, findings = [] }) {
  return [`${t(`live.${state}`)} (${decimal(score)})`, ...findings.map(reason)].join('; ');
}

/** Digits behind the point of a number in a reason; the others are whole. */
const DIGITS = { found: 2, needed: 2, distance: 2, limit: 2, margin: 3, score: 2 };
const COUNTS = ['frames', 'time', 'network-missing', 'implausible'];

/** A code, its numbers and its words as a sentence; what was recorded before there were codes is its own. */
function reason({ code, numbers, words = {} }) {
  const values = Object.fromEntries([
    ...Object.entries(numbers).map(([name, value]) =>
      [name, isNumber(value) ? decimal(value, COUNTS.includes(code) ? 0 : DIGITS[name] ?? 0) : '–']),
    ...Object.entries(words).map(([name, word]) => [name, inWords(name, word)]),
  ]);
  return known(`reason.${code}`, values) ?? code;
}

/** Words that have a translation or are a time; the others stand for themselves. */
function inWords(name, word) {
  if (name === 'mode' || name === 'identity') {
    return known(`${name}.${word}`) ?? word;
  }
  if (name === 'live') {
    return known(`live.${word.replaceAll(' ', '_')}`) ?? word;
  }
  if (['since', 'from', 'until'].includes(name)) {
    return dateTime(word);
  }
  // Local time of the box, not an instant: a day's name is all that has to be put in words.
  return name === 'time' ? `${dayName(word.replace(' ', 'T'))}, ${word.slice(11)}` : word;
}

import { el } from './dom.js';
import { decimal, exactly, known, LANGUAGE, t } from './strings.js';

// What was recorded at the door, in words. The box explains itself in English; in another language the rule's own
// sentence comes first, and the box's words are among the details.

const TONES = {
  granted: 'good', denied: 'bad', pin_needed: 'warn',
  door_forced: 'bad', door_failed: 'bad', door_held_open: 'warn', camera_lost: 'bad', mode_changed: 'warn', camera_back: 'good',
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

export function explanation(event) {
  const { rule, verdict, sighting } = event.decision ?? {};
  const own = LANGUAGE !== 'en' && rule ? known(`rule.${rule}.${verdict}`) ?? known(`rule.${rule}`) : null;
  const decided = own && rule === 'liveness' ? sighting?.liveness.findings[0] : null;
  return decided ? `${own}: ${reason(decided)}. ${t('reason.do')}` : own ?? event.detail ?? '';
}

/** One line for a screen reader. */
export function sentence(event) {
  return [title(event), who(event), place(event), explanation(event)].filter(Boolean).join(', ');
}

export function badge(text, tone) {
  return el('span', { class: `badge ${tone}` }, text);
}

/** An entry of the log. */
export function entry(event, { short = false } = {}) {
  const moment = el('time', { datetime: event.at }, exactly(event.at));
  const head = el('p', { class: 'head' },
    badge(title(event), tone(event)), who(event) ? el('strong', {}, who(event)) : null, el('span', { class: 'where' }, place(event)), moment);
  if (short) {
    return el('li', { class: 'entry' }, head);
  }
  const facts = factsOf(event);
  return el('li', { class: 'entry', 'data-id': event.id },
    head,
    el('p', { class: 'why' }, explanation(event)),
    facts.length === 0 ? null : el('details', {}, el('summary', {}, t('log.details')),
      el('dl', {}, ...facts.flatMap(([key, text]) => [el('dt', {}, t(key)), el('dd', {}, text)]))));
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
const DIGITS = { found: 2, needed: 2 };
const COUNTS = ['frames', 'time', 'network-missing', 'implausible'];

/** A code and its numbers as a sentence; what was recorded before there were codes has sentences already. */
function reason({ code, numbers }) {
  const values = Object.fromEntries(Object.entries(numbers).map(([name, value]) =>
    [name, decimal(value, COUNTS.includes(code) ? 0 : DIGITS[name] ?? 0)]));
  return known(`reason.${code}`, values) ?? code;
}

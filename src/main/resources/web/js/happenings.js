import * as api from './api.js';
import { openOnce } from './doorway.js';
import { el } from './dom.js';
import { factsList, place, story, tone } from './events.js';
import { exactly, t } from './strings.js';
import { failure, success } from './toast.js';

// What happened at the door as sentences, each with what can be done about it.

/** So long after somebody was not let in it makes sense to let them in. */
const STILL_THERE = 5 * 60e3;

/** So long the view of a visit is kept where a coming embedder learns from visits. */
const CONFIRMABLE = 10 * 60e3;

/** Which of the answers to an event make sense. @returns `once`, `hours`, `person`, `confirm`, in this order */
export function remedies(event, may, now) {
  const denied = event.kind === 'decision' && event.decision?.verdict === 'denied';
  const granted = event.kind === 'decision' && event.decision?.verdict === 'granted';
  const rule = event.decision?.rule;
  return [
    denied && may('unlockDoor') && event.door && now - new Date(event.at) < STILL_THERE && rule !== 'liveness' ? 'once' : null,
    denied && rule === 'schedule' && may('changeSettings') ? 'hours' : null,
    denied && ['schedule', 'validity'].includes(rule) && event.label && may('setAccess') ? 'person' : null,
    granted && event.label && event.visit && rule !== 'pin' && may('confirmVisit') && now - new Date(event.at) < CONFIRMABLE
      ? 'confirm' : null,
  ].filter(Boolean);
}

/** The same for two that would be told in the same words. */
export const gist = ({ kind, label, door, camera, decision }) => [kind, label, door ?? camera, decision?.verdict, decision?.rule].join(' ');

/**
 * An entry with its sentence, its buttons, and the figures behind `details`; with its place, if there are several.
 *
 * @param times how often it happened one after the other
 */
export function happening(event, may, alone = false, times = 1) {
  const facts = factsList(event);
  const wanted = remedies(event, may, Date.now());
  return el('li', { class: `entry ${tone(event)}`, 'data-id': event.id, 'data-door': event.door, 'data-gist': gist(event), 'data-times': times },
    el('p', { class: 'head' },
      el('time', { datetime: event.at }, exactly(event.at)), ' ',
      el('span', { class: 'story' }, story(event)),
      times > 1 ? el('span', { class: 'quiet' }, t('story.times', { times })) : null,
      alone ? null : el('span', { class: 'where' }, place(event))),
    wanted.length === 0 ? null : el('div', { class: 'actions' }, ...wanted.map(what => remedy(what, event))),
    facts === null ? null : el('details', {}, el('summary', {}, t('log.details')), facts));
}

function remedy(what, event) {
  if (what === 'once') {
    const button = el('button', {
      type: 'button',
      class: 'button small once',
      click: async () => {
        button.disabled = true;
        if (!await openOnce(event.door)) {
          button.disabled = false;
        }
      },
    }, t('remedy.once'));
    return button;
  }
  if (what === 'confirm') {
    const button = el('button', {
      type: 'button',
      class: 'button small',
      click: async () => {
        button.disabled = true;
        try {
          const learnt = await api.confirmVisit(event.visit);
          success(t(learnt ? 'remedy.confirm.done' : 'remedy.confirm.enough', { name: event.label }));
        } catch (error) {
          failure(error.message);
        }
      },
    }, t('remedy.confirm', { name: event.label }));
    return button;
  }
  return what === 'hours'
    ? el('a', { class: 'button small', href: `#settings=hours:${event.door}` }, t('remedy.hours'))
    : el('a', { class: 'button small', href: `#person=${encodeURIComponent(event.label)}` }, t('remedy.person', { name: event.label }));
}

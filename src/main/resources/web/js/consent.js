import * as api from './api.js';
import { ask, field } from './dialogs.js';
import { el } from './dom.js';
import { attendanceChoice, showReceipt } from './person.js';
import { date, dateTime, listed, t } from './strings.js';

// Who agreed to be recognised, for what and until when: what is on record of one person, and the questions that change it.

/** The purpose that the box acts on: to keep the pictures of the enrolled views. */
const PICTURES = 'pictures';
const USUAL = 'door';

/** @param consent what is on record, or null; @param may whether the caller may do an operation; @param done called with what was done */
export function consentSection(label, consent, may, done) {
  return [
    el('h2', { id: 'person-consent' }, t('consent.title')),
    consent ? el('dl', { class: 'person-facts' }, ...lines(consent).flatMap(([key, text, tone]) =>
      [el('dt', {}, t(key)), el('dd', { class: tone ?? '' }, text)])) : el('p', {}, t('consent.none')),
    el('div', { class: 'actions' },
      may('giveConsent') ? button(consent ? 'consent.replace' : 'consent.record', () => done(askConsent(label, consent))) : null,
      may('withdrawConsent') && consent && !consent.withdrawn ? button('consent.withdraw', () => done(askWithdrawal(label))) : null),
  ];
}

/** What is to be said of a consent: key of the name, text, and whether it is good or bad. */
export function lines(consent) {
  const { withdrawn } = consent;
  return [
    ['consent.state', t(`consent.state.${consent.state}`), consent.state === 'valid' ? 'good' : 'bad'],
    ['consent.purposes', listed(consent.purposes)],
    ['consent.given', joined(date(consent.given_at), consent.given_by)],
    (consent.until || !withdrawn) && ['consent.until', consent.until ? dateTime(consent.until) : t('consent.until.never')],
    consent.evidence && ['consent.evidence', consent.evidence],
    ['consent.recorded', joined(consent.recorded_by, dateTime(consent.recorded_at))],
    withdrawn && ['consent.withdrawn', joined(dateTime(withdrawn.at), withdrawn.how, withdrawn.by)],
  ].filter(Boolean);
}

/** Whether an event says that the person was there; one about a consent does not. */
export const wasThere = ({ kind }) => !kind.startsWith('consent_');

/** The words of a field, each once; with or without the one for pictures. */
export function purposes(text, pictures) {
  const words = text.toLowerCase().split(/[\s,;]+/).filter(word => word && word !== PICTURES);
  return [...new Set(pictures ? [...words, PICTURES] : words)];
}

const joined = (...parts) => parts.filter(Boolean).join(' · ');

const button = (key, act) => el('button', { type: 'button', class: 'button', click: act }, t(key));

async function askConsent(label, before) {
  const input = (id, attributes) => el('input', { id, autocomplete: 'off', spellcheck: 'false', ...attributes });
  const known = (before?.purposes ?? [USUAL]).filter(word => word !== PICTURES);
  const words = input('consent-purposes', { type: 'text', value: known.join(', '), 'aria-describedby': 'consent-purposes-help' });
  const pictures = input('consent-pictures', { type: 'checkbox', checked: before?.purposes.includes(PICTURES) ?? false });
  const until = input('consent-until', { type: 'date', 'aria-describedby': 'consent-until-help' });
  const by = input('consent-by', { type: 'text', maxlength: '500', value: before?.given_by ?? '' });
  const evidence = input('consent-evidence', { type: 'text', maxlength: '500' });
  const saved = await ask({
    title: t('consent.ask', { name: label }),
    body: [
      field(t('consent.purposes'), words),
      el('p', { class: 'help', id: 'consent-purposes-help' }, t('consent.purposes.help')),
      el('label', { class: 'check' }, pictures, ' ', el('span', {}, t('consent.pictures'))),
      field(t('consent.until'), until),
      el('p', { class: 'help', id: 'consent-until-help' }, t('consent.until.help')),
      field(t('consent.by'), by),
      field(t('consent.evidence'), evidence),
    ],
    ok: t('settings.save'),
    focus: words,
    act: () => api.giveConsent(label, {
      purposes: purposes(words.value, pictures.checked),
      given_by: by.value.trim(),
      evidence: evidence.value.trim(),
      until: until.value ? new Date(`${until.value}T00:00`).toISOString() : null,
    }),
  });
  return saved && { text: t('consent.done', { name: label }) };
}

async function askWithdrawal(label) {
  const choices = ['keep', 'delete'].map(what => el('input', { type: 'radio', name: 'consent-faces', value: what }));
  choices[0].checked = true;
  const attendance = attendanceChoice();
  attendance.element.hidden = true;
  const how = el('input', { id: 'consent-how', type: 'text', maxlength: '500', autocomplete: 'off' });
  const faces = () => choices.find(choice => choice.checked).value;
  choices.forEach(choice => choice.addEventListener('change', () => { attendance.element.hidden = faces() !== 'delete'; }));
  const gone = await ask({
    title: t('consent.withdraw.title', { name: label }),
    body: [
      el('fieldset', {}, el('legend', {}, t('consent.faces')),
        ...choices.map(choice => el('label', { class: 'check' }, choice, ' ', el('span', {}, t(`consent.faces.${choice.value}`))))),
      attendance.element,
      el('p', {}, t('consent.withdraw.pictures')),
      field(t('consent.how'), how),
    ],
    ok: t('consent.withdraw'),
    danger: true,
    act: () => api.withdrawConsent(label, {
      faces: faces(), how: how.value.trim(), ...(faces() === 'delete' ? { attendance: attendance.value() } : {}),
    }),
  });
  const deleted = gone && !gone.consent;
  if (deleted) {
    await showReceipt(gone, attendance.value());
  }
  return gone && { text: t(deleted ? 'delete.done' : 'consent.withdrawn.done', { name: label }), deleted };
}

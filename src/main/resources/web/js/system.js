import * as api from './api.js';
import { refresh } from './charts.js';
import { byId, el, problemBox } from './dom.js';
import { badge } from './events.js';
import { troublesOf } from './status.js';
import { pause } from './stream.js';
import { known, t } from './strings.js';

// The view of the box itself: how its parts are, with which networks it works, and its certificate.

const EVERY = 5000;

let current = new AbortController();

export function start() {}

export async function enter() {
  const { signal } = current;
  while (!signal.aborted) {
    if (!document.hidden) {
      await Promise.all([reload(signal), refresh()]);
    }
    await pause(EVERY, signal);
  }
}

export function leave() {
  current.abort();
  current = new AbortController();
}

async function reload(signal) {
  try {
    const [state, version] = await Promise.all([api.readiness(), api.version()]);
    if (!signal.aborted) {
      byId('system-body').replaceChildren(...nodes(state, version));
    }
  } catch (error) {
    byId('system-body').replaceChildren(problemBox(error));
  }
}

function nodes(state, version) {
  const troubles = troublesOf(state);
  return [
    troubles.length > 0 ? el('div', { class: 'notice bad' }, ...troubles.map(text => el('p', {}, text))) : null,
    el('h2', {}, t('system.parts')),
    el('ul', { class: 'parts' }, ...(state.components ?? []).map(part => el('li', {},
      badge(t(part.trouble || !part.ready ? 'system.look' : 'system.well'), part.trouble || !part.ready ? 'bad' : 'good'), ' ',
      el('strong', {}, nameOf(part.name)), ' ', el('span', { class: 'quiet' }, detailOf(part))))),
    el('h2', {}, t('system.models')),
    el('dl', {}, ...(version.models ?? []).flatMap(({ task, id, version: number, runtime }) =>
      [el('dt', {}, known(`system.task.${task}`) ?? task), el('dd', {}, `${id} ${number} · ${runtime}`)])),
    el('h2', {}, t('system.box')),
    el('dl', {}, ...[['system.version', version.version], ['field.time-zone', version.time_zone], ['system.java', version.java]]
      .flatMap(([key, text]) => [el('dt', {}, t(key)), el('dd', {}, text)])),
    el('p', {}, el('a', { class: 'back', href: '/ca.crt', download: 'lintel-ca.crt' }, t('system.certificate'))),
    el('p', { class: 'help' }, t('system.certificate.help')),
  ].filter(Boolean);
}

/** `camera front` in the reader's language. */
function nameOf(name) {
  const [kind, ...which] = name.split(' ');
  return [known(`system.part.${kind}`) ?? known(`system.task.${kind}`) ?? kind, ...which].join(' ');
}

/** The box says details in English; elsewhere a trouble is a sentence of this page, and what is well needs none. */
function detailOf(part) {
  if (document.documentElement.lang === 'en') {
    return part.detail;
  }
  if (part.trouble) {
    return known(`trouble.${part.trouble}`, { which: part.name.replace(/^\w+ /, '') }) ?? part.detail;
  }
  if (known(`system.task.${part.name}`)) {
    return part.detail.split(' on ')[0];
  }
  return part.ready ? '' : part.detail;
}

import * as api from './api.js';
import { ask } from './dialogs.js';
import { byId, el, message, problemBox } from './dom.js';
import { badge, explanation, title, who } from './events.js';
import { session } from './session.js';
import { listen, pause } from './stream.js';
import { dateTime, decimal, percent, t, when, whole } from './strings.js';
import { success } from './toast.js';

// The view of the doors and cameras: how they are, and what an operator may do with a door.

const EVERY = 5000;
/** Hours after which a door is back to normal by itself; 0: never. */
const HOLDS = [0, 0.25, 1, 8];

const CAMERA_TONES = { live: 'good', connecting: 'warn', lost: 'bad', frozen: 'bad' };
const MODE_TONES = { normal: 'good', 'lock-down': 'bad', 'free-passage': 'warn' };
const LOCK_TONES = { locked: 'good', unlocked: 'warn', failed: 'bad', none: 'plain' };

let current = new AbortController();
let may = () => false;

export function start() {}

/** Looks every few seconds, and at once when something was recorded. */
export async function enter() {
  const { signal } = current;
  const { operations } = await session();
  may = operation => operations.includes(operation);
  const stop = listen('event', reload);
  signal.addEventListener('abort', stop);
  while (!signal.aborted) {
    if (!document.hidden && await reload() === false) {
      return;
    }
    await pause(EVERY, signal);
  }
}

export function leave() {
  current.abort();
  current = new AbortController();
}

/** False if asking again makes no sense. */
async function reload() {
  const { signal } = current;
  try {
    const [doors, cameras] = await Promise.all([orNone(api.doors()), orNone(api.cameras())]);
    if (!signal.aborted) {
      byId('devices-error').replaceChildren();
      message(byId('devices-none'), doors.length + cameras.length === 0 ? t('devices.none') : '');
      fill('devices-doors', doors, door);
      fill('devices-cameras', cameras, camera);
    }
  } catch (error) {
    byId('devices-error').replaceChildren(problemBox(error));
    return error.status !== 401 && error.status !== 403;
  }
  return true;
}

/** A box without the feature has none of them. */
async function orNone(question) {
  try {
    return await question;
  } catch (error) {
    if (error.status === 404) {
      return [];
    }
    throw error;
  }
}

/** Puts the cards in place; what has not changed stays, and with it the focus and what was opened. */
function fill(id, items, card) {
  byId(`${id}-title`).hidden = items.length === 0;
  const list = byId(id);
  const before = new Map([...list.children].map(node => [node.dataset.key, node]));
  list.replaceChildren(...items.map(item => {
    const text = JSON.stringify(item, (name, value) => (name === 'age_ms' ? undefined : value));
    const kept = before.get(text);
    if (kept) {
      return kept;
    }
    const made = card(item);
    made.dataset.key = text;
    made.dataset.id = item.id;
    return refocused(list, made);
  }));
}

/** A button that had the focus passes it on to the one that takes its place. */
function refocused(list, made) {
  const focused = document.activeElement;
  const card = focused?.closest?.('[data-id]');
  if (card && list.contains(card) && card.dataset.id === made.dataset.id && focused.dataset.act) {
    queueMicrotask(() => made.querySelector(`[data-act="${focused.dataset.act}"]`)?.focus());
  }
  return made;
}

function camera(one) {
  const lost = one.frames > 0 ? one.dropped / one.frames : 0;
  return el('li', { class: `card ${CAMERA_TONES[one.state]}` },
    el('h3', {}, one.id, ' ', badge(t(`camera.state.${one.state}`), CAMERA_TONES[one.state])),
    one.detail ? el('p', {}, one.detail) : null,
    facts([
      ['devices.since', dateTime(one.since)],
      ['devices.door', one.door],
      ['log.direction', one.direction ? t(`direction.${one.direction}`) : null],
      ['devices.picture', one.width > 0 ? t('devices.picture.of', { width: one.width, height: one.height, fps: decimal(one.fps, 1) }) : null],
      ['devices.colour', one.colour === false ? t('devices.colour.none') : null],
      ['devices.live', one.liveness ? liveLevel(one.liveness) : null],
      ['devices.frames', t('devices.frames.of', { frames: whole(one.frames), dropped: whole(one.dropped), share: percent(lost) })],
    ]));
}

/** What the liveness network says of live faces at a camera, and what follows from it. */
export function liveLevel(of) {
  const { state, proven, people, recent, refused, used } = of;
  const known = state === 'learnt' && used ? 'used' : state;
  return [
    t(`devices.live.${known}`, { level: decimal(of.level ?? 0, 2), limit: decimal(of.limit, 2), proven: whole(proven), people: whole(people) }),
    of.refuses_most ? t('devices.live.refuses', { refused: whole(refused), recent: whole(recent) }) : null,
  ].filter(Boolean).join('. ');
}

function door(one) {
  const mode = one.mode;
  return el('li', { class: `card ${LOCK_TONES[one.lock] === 'bad' ? 'bad' : MODE_TONES[mode]}` },
    el('h3', {}, one.id, ' ', badge(t(`mode.${mode}`), MODE_TONES[mode])),
    mode === 'normal' ? null : el('p', {}, one.mode_until ? t('mode.until', { until: when(one.mode_until) }) : t('mode.forever')),
    one.held_open ? el('p', { class: 'verdict warn' }, t('door.held_open')) : null,
    facts([
      ['door.lock', t(`lock.${one.lock}`)],
      ['door.sensor', ['none', 'unknown'].includes(one.sensor) ? null
        : t(`sensor.${one.sensor}`, { since: one.sensor_since ? when(one.sensor_since) : '–' })],
      ['door.last', one.last_decision ? lastOf(one.last_decision) : null],
    ]),
    el('div', { class: 'actions' },
      one.lock === 'none' || !may('unlockDoor') ? null : action('unlock', one, 'primary', () => unlock(one)),
      ...['normal', 'lock-down', 'free-passage'].filter(other => other !== mode && may('setDoorMode'))
        .map(other => action(other, one, other === 'lock-down' ? 'danger' : '', () => change(one, other)))));
}

function lastOf(event) {
  return [title(event), who(event), when(event.at), explanation(event)].filter(Boolean).join(' · ');
}

function facts(lines) {
  return el('dl', {}, ...lines.filter(([, text]) => text).flatMap(([key, text]) => [el('dt', {}, t(key)), el('dd', {}, text)]));
}

function action(what, one, kind, act) {
  return el('button', {
    type: 'button',
    class: `button ${kind}`,
    'data-act': what,
    'aria-label': t(`door.${what}.which`, { door: one.id }),
    click: async () => {
      const done = await act();
      if (done) {
        success(done);
        await reload();
      }
      // The card may have been made anew while the question was open.
      if (document.activeElement === document.body) {
        (document.querySelector(`[data-id="${one.id}"] [data-act="${what}"]`) ?? byId('devices-title')).focus();
      }
    },
  }, t(`door.${what}`));
}

async function unlock(one) {
  const done = await ask({
    title: t('door.unlock.title', { door: one.id }),
    body: [el('p', {}, t('door.unlock.text'))],
    ok: t('door.unlock.ok'),
    act: () => api.unlock(one.id),
  });
  return done && t('door.unlock.done', { door: one.id });
}

async function change(one, mode) {
  const holds = el('select', { id: 'mode-holds' },
    ...HOLDS.map(hours => el('option', { value: hours }, t(`mode.holds.${hours}`))));
  const done = await ask({
    title: t(`door.${mode}.title`, { door: one.id }),
    body: [
      el('p', {}, t(`door.${mode}.text`)),
      mode === 'normal' ? null : el('div', { class: 'field' }, el('label', { for: 'mode-holds' }, t('mode.holds')), holds),
    ].filter(Boolean),
    ok: t(`door.${mode}`),
    danger: mode !== 'normal',
    act: () => {
      const hours = mode === 'normal' ? 0 : Number(holds.value);
      return api.setDoorMode(one.id, mode, hours === 0 ? null : new Date(Date.now() + hours * 3600e3).toISOString());
    },
  });
  return done && t('door.mode.done', { door: one.id, mode: t(`mode.${mode}`) });
}


import * as api from './api.js';
import { doorway } from './doorway.js';
import { announce, byId, el, message, problemBox, show } from './dom.js';
import { drawPicture } from './draw.js';
import * as events from './events.js';
import { features } from './features.js';
import { colourOf, tone } from './frames.js';
import { gist, happening } from './happenings.js';
import { session } from './session.js';
import { refresh, watchTroubles } from './status.js';
import { listen, pause } from './stream.js';
import { COUNTERS } from './presence.js';
import { listed, t, today } from './strings.js';

// The home of the page: what the cameras see, with a box and a name around each face and a frame in the colour of the decision;
// beside it what may be done with the door; below what happened. Pictures are fetched one after the other and not as an endless
// MJPEG: a browser opens six connections to a box and no more, and an endless picture of each of four cameras would leave none for
// anything else; and a key can be sent along.

/** Milliseconds from picture to picture of one camera, and how long to wait where there was none. */
const BEAT = 200;
const REST = 3000;
/** A face that nothing was heard of for so long is not there any more. */
const GONE = 2000;
/** How long the frame keeps the colour of a decision. */
const DECIDED = 8000;
const RECENT = 8;
/** Several events come at once. */
const SOON = 700;

/** What happened that may be a trouble, or the end of one. */
const STIRRING = ['camera_lost', 'camera_back', 'door_failed', 'door_unlocked', 'door_held_open', 'door_closed', 'mode_changed'];

/** What is worth a sentence here; the log has the rest, and each door that was unlocked has a decision. */
const TOLD = ['decision', 'door_held_open', 'door_forced', 'door_failed', 'mode_changed', 'camera_lost', 'camera_back',
  'locked_out'];

let current = new AbortController();
let views = new Map();
let doorways = new Map();
let may = () => false;
let counting = 0;
/** Whether there is one door, whose name need not be said. */
let alone = false;

export function start() {}

export async function enter() {
  const { signal } = current;
  signal.addEventListener('abort', watchTroubles(warn));
  let cameras;
  try {
    // Asked aloud only if it could not be had quietly: then a key is needed.
    cameras = (await features()).cameras ?? await api.cameras();
  } catch (error) {
    byId('live-cameras').replaceChildren(problemBox(error));
    return;
  }
  const [{ operations }, { learns_from_visits: learns }] = await Promise.all([session(), api.version()]);
  may = operation => operations.includes(operation) && (operation !== 'confirmVisit' || learns);
  const [doors, past] = await Promise.all([features().then(found => found.doors ?? []), before()]);
  if (signal.aborted) {
    return;
  }
  const shown = cameras.filter(camera => camera.picture !== false);
  views = new Map(shown.map(camera => [camera.id, viewOf(camera)]));
  byId('live-cameras').replaceChildren(...[...views.values()].map(view => view.figure));
  // On a phone they lie side by side, and are moved by a finger or the arrows.
  byId('live-cameras').tabIndex = views.size > 1 ? 0 : -1;
  message(byId('live-note'), shown.length > 0 ? '' : t(cameras.length > 0 ? 'live.withheld' : 'live.none'));
  alone = doors.length === 1;
  doorways = new Map(doors.map(door => [door.id, doorway(door, may('unlockDoor'), alone)]));
  byId('live-doors').replaceChildren(...[...doorways.values()].map(door => door.node));
  show(byId('live-doors'), doors.length > 0);
  byId('live-recent').replaceChildren();
  past.reverse().forEach(tellOf);
  show(byId('live-recent-title'), past.length > 0);
  views.forEach(view => watch(view, signal));
  count();
  const stops = [
    listen('live', see),
    listen('event', happened),
    listen('state', state => message(byId('live-offline'), state === 'open' ? '' : t(`stream.${state}`))),
  ];
  signal.addEventListener('abort', () => stops.forEach(stop => stop()));
}

/** How many are in, late and absent today, each a way to who they are. */
async function count() {
  const { signal } = current;
  const day = may('attendanceDay') ? await api.attendanceDay(today()).catch(() => null) : null;
  if (signal.aborted) {
    return;
  }
  show(byId('live-today'), day?.kept === true && day.people.length > 0);
  byId('live-today').replaceChildren(...Object.keys(COUNTERS).map(key => el('a', { class: 'counter', href: `#attendance=${key}` },
    el('strong', {}, String((day?.people ?? []).filter(COUNTERS[key]).length)), ' ', el('span', {}, t(`attendance.count.${key}`)))));
}

/** What happened last; nothing for who may not read the log. */
async function before() {
  if (!may('events')) {
    return [];
  }
  try {
    return (await api.events({ limit: 4 * RECENT })).events.filter(event => TOLD.includes(event.kind));
  } catch {
    return [];
  }
}

/** A strip for as long as something is wrong; said aloud when it appears. */
function warn(troubles) {
  const strip = byId('live-troubles');
  const before = [...strip.children].map(line => line.textContent);
  if (before.join('\n') !== troubles.join('\n')) {
    strip.replaceChildren(...troubles.map(text => el('p', {}, text)));
  }
  show(strip, troubles.length > 0);
}

export function leave() {
  current.abort();
  current = new AbortController();
}

function viewOf(camera) {
  const canvas = el('canvas', { role: 'img', 'aria-label': camera.id, width: '0', height: '0' });
  const note = el('p', { class: 'note' }, t('live.waiting'));
  const who = el('p', { class: 'who' });
  const verdict = el('p', { class: 'verdict' });
  const stage = el('div', { class: 'stage framed' }, canvas, note);
  // So that nothing moves when the picture arrives.
  shape(stage, camera);
  const figure = el('figure', { class: 'camera' },
    stage,
    el('figcaption', {}, el('strong', {}, camera.id), who, verdict));
  return { camera, stage, canvas, note, who, verdict, figure, picture: null, sequence: 0, faces: [], size: null, heard: 0, gist: '', timer: 0 };
}

function shape(stage, { width, height }) {
  if (width > 0) {
    stage.style.aspectRatio = `${width} / ${height}`;
  }
}

/** Draws picture after picture while the view and the tab are seen. */
async function watch(view, signal) {
  while (!signal.aborted) {
    const began = performance.now();
    let rest = BEAT;
    if (!document.hidden) {
      try {
        const { blob, sequence } = await api.picture(view.camera.id, view.sequence, signal);
        const picture = await createImageBitmap(blob);
        view.picture?.close();
        Object.assign(view, { picture, sequence });
        shape(view.stage, picture);
        message(view.note, '');
        draw(view);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        rest = REST;
        view.picture?.close();
        Object.assign(view, { picture: null, sequence: 0 });
        view.canvas.width = 0;
        message(view.note, error.message);
      }
    }
    await pause(rest - (performance.now() - began), signal);
  }
  view.picture?.close();
  view.picture = null;
}

function draw(view) {
  if (performance.now() - view.heard > GONE) {
    view.faces = [];
    tell(view);
  }
  drawPicture(view.canvas, view.picture, view.faces.map(face => ({
    box: face.box, size: view.size, title: name(face), tone: tone(face),
  })));
}

/** A photo looks like the person: whoever is not proven live is shown as that, and then as the door decided. */
function name(face) {
  const who = face.label ?? t(`face.${face.state}`);
  return face.live === 'attack' ? t('face.attack', { who }) : face.label && face.live !== 'live' ? t('face.unproven', { who }) : who;
}

function see(seen) {
  const view = views.get(seen.camera);
  if (view) {
    view.faces = seen.faces;
    view.size = { width: seen.width, height: seen.height };
    view.heard = performance.now();
    tell(view);
    if (view.picture) {
      draw(view);
    }
  }
}

/** In words, for who does not see the picture; said aloud only when somebody comes, goes or is recognised. */
function tell(view) {
  const names = view.faces.map(name).sort();
  const gist = names.join('\n');
  if (gist !== view.gist) {
    view.gist = gist;
    const text = names.length === 0 ? t('live.empty') : listed(names);
    view.who.textContent = names.length === 0 ? '' : text;
    view.canvas.setAttribute('aria-label', t('live.say', { camera: view.camera.id, who: text }));
    if (names.length > 0) {
      announce(t('live.say', { camera: view.camera.id, who: text }));
    }
  }
}

/** The frame takes the colour of what was decided, for a while, and the words beside it say so. */
function decided(event) {
  const view = views.get(event.camera ?? event.decision.sighting?.camera);
  if (view) {
    clearTimeout(view.timer);
    const colour = colourOf(event.decision.verdict);
    view.stage.dataset.tone = colour;
    view.verdict.className = `verdict ${colour}`;
    view.verdict.textContent = events.title(event);
    view.timer = setTimeout(() => {
      delete view.stage.dataset.tone;
      view.verdict.textContent = '';
    }, DECIDED);
  }
}

async function happened(event) {
  if (event.decision) {
    decided(event);
  }
  if (TOLD.includes(event.kind)) {
    tellOf(event);
    show(byId('live-recent-title'), true);
  }
  announce(events.sentence(event));
  if (event.decision || event.kind === 'passed') {
    clearTimeout(counting);
    counting = setTimeout(count, SOON);
  }
  if (STIRRING.includes(event.kind)) {
    refresh();
    await look();
  }
}

/** On top of what was told before. The same again takes its place; only the last one who was not let in can still be let in. */
function tellOf(event) {
  const list = byId('live-recent');
  list.querySelector(`[data-id="${event.id}"]`)?.remove();
  const before = list.firstElementChild;
  const again = before !== null && before.dataset.gist === gist(event) ? Number(before.dataset.times) + 1 : 1;
  if (again > 1) {
    before.remove();
  }
  const entry = happening(event, may, alone, again);
  if (entry.querySelector('.once') || event.decision?.verdict === 'granted') {
    list.querySelectorAll(`[data-door="${event.door}"] .once`).forEach(button => button.remove());
  }
  list.prepend(entry);
  while (list.children.length > RECENT) {
    list.lastElementChild.remove();
  }
}

/** How the doors are now. */
async function look() {
  try {
    (await api.doors({ quietly: true })).forEach(door => doorways.get(door.id)?.put(door));
  } catch {
    // What is shown stays; the strip says whether the box answers.
  }
}

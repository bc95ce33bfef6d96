import { byId, el, show } from './dom.js';
import { address, notWoken, saying, tone, TONES } from './saying.js';
import { parser, pause } from './stream.js';
import { fillDocument, languageButton, t } from './strings.js';

// The page beside a door. It knows its door and the key of its screen, from the address that it was opened with, and shows what the
// box says there; without a connection it says so. Nothing is kept of what it showed.

const PLACE = 'lintel-screen';
const LANGUAGE = 'lintel-language';
const FIRST_WAIT = 500;
const LONGEST_WAIT = 10000;

/** The box says something at least every ten seconds. */
const SILENCE = 25000;

/** Whoever touched the button is told that nothing came of it after so long. */
const WAKE_PATIENCE = 5000;

/** That can be read for so long. */
const SAID = 5000;

/** So long after the last person the page speaks the tablet's language again. */
const FORGET_LANGUAGE = 60000;

let last = null;
let running = null;
let audio = null;
let forgetting = 0;

fillDocument();
document.title = t('screen.title');
languageButton(byId('language'));
byId('wake').addEventListener('click', wake);
byId('sound').addEventListener('click', soundOn);
addEventListener('hashchange', () => location.reload());
document.addEventListener('visibilitychange', stayAwake);
// A browser keeps a page that was left, with its connections, and has six for a box: with six such pages nothing is sent any more.
addEventListener('pagehide', stop);
addEventListener('pageshow', start);
stayAwake();
start();

/** From the address, which is then taken off the address bar, or as it was the last time. */
function place() {
  const given = address(location.hash);
  if (given) {
    localStorage.setItem(PLACE, JSON.stringify(given));
    history.replaceState(null, '', location.pathname);
  }
  return JSON.parse(localStorage.getItem(PLACE) ?? 'null');
}

function start() {
  if (running === null) {
    running = new AbortController();
    run(place(), running.signal);
  }
}

function stop() {
  running?.abort();
  running = null;
}

async function run(here, ended) {
  if (here === null) {
    tell(t('screen.key.title'), t('screen.key.text'));
    return;
  }
  document.title = `${t('screen.title')} ${here.door}`;
  let wait = FIRST_WAIT;
  while (!ended.aborted) {
    const control = new AbortController();
    const end = () => control.abort();
    ended.addEventListener('abort', end);
    try {
      const response = await ask(here, 'screen/events', { signal: control.signal });
      if (response.status === 404) {
        tell(t('screen.key.wrong'), t('screen.key.text'));
        wait = LONGEST_WAIT;
      } else if (response.ok) {
        wait = FIRST_WAIT;
        await follow(response.body.pipeThrough(new TextDecoderStream()).getReader(), control);
        put(saying(null));
      } else {
        put(saying(null));
      }
    } catch {
      put(saying(null));
    }
    ended.removeEventListener('abort', end);
    await pause(wait, ended);
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }
}

function ask(here, what, options) {
  return fetch(`/doors/${here.door}/${what}`, { ...options, headers: { 'X-Screen-Key': here.key }, cache: 'no-store' });
}

async function follow(reader, control) {
  const feed = parser(({ type, data }) => {
    if (type === 'screen') {
      const state = JSON.parse(data);
      byId('place').textContent = state.place;
      put(saying(state));
    }
  });
  for (;;) {
    const silent = setTimeout(() => control.abort(), SILENCE);
    const { done, value } = await reader.read();
    clearTimeout(silent);
    if (done) {
      return;
    }
    feed(value);
  }
}

function put(now) {
  const sound = tone(last, now);
  document.body.dataset.shows = now.shows;
  document.body.dataset.movement = now.movement;
  byId('say').textContent = t(...now.say);
  byId('more').textContent = now.more ? t(...now.more) : '';
  byId('steps').replaceChildren(...Array.from({ length: now.steps }, (_, i) => el('li', { class: i < now.step - 1 ? 'done' : '' })));
  show(byId('wake'), now.button);
  if (sound && last) {
    play(TONES[sound]);
  }
  last = now;
  clearTimeout(forgetting);
  if (now.shows === 'idle') {
    forgetting = setTimeout(forgetLanguage, FORGET_LANGUAGE);
  }
}

function tell(say, more) {
  document.body.dataset.shows = 'lost';
  document.body.dataset.movement = '';
  byId('say').textContent = say;
  byId('more').textContent = more;
}

/** Whoever chose a language has gone. */
function forgetLanguage() {
  if (localStorage.getItem(LANGUAGE) !== null) {
    localStorage.removeItem(LANGUAGE);
    location.reload();
  }
}

async function wake() {
  const here = place();
  const answer = await ask(here, 'screen/wake', { method: 'POST', signal: AbortSignal.timeout(WAKE_PATIENCE) }).catch(() => null);
  const said = notWoken(answer && answer.status);
  if (said === null) {
    return;
  }
  const before = last;
  tell(t(said), t('screen.ring'));
  await pause(SAID, new AbortController().signal);
  if (last === before && before !== null) {
    put(before);
  }
}

/** A browser plays nothing before somebody touched the page. */
async function soundOn() {
  audio ??= new AudioContext();
  await audio.resume();
  show(byId('sound'), audio.state !== 'running');
  play(TONES.move);
}

function play(tones) {
  if (audio?.state !== 'running') {
    return;
  }
  tones.forEach((frequency, i) => {
    const begin = audio.currentTime + 0.16 * i;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(0.2, begin + 0.02);
    volume.gain.linearRampToValueAtTime(0, begin + 0.14);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + 0.15);
  });
}

/** A screen that goes dark says nothing. Only over HTTPS or on the box itself; elsewhere the tablet's own setting does it. */
async function stayAwake() {
  if (!document.hidden && 'wakeLock' in navigator) {
    try {
      await navigator.wakeLock.request('screen');
    } catch {
      // The tablet decides for itself.
    }
  }
}

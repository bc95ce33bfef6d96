import * as api from './api.js';

// What happens at the door, as it happens: one connection for the whole page, open while a view listens and the tab is
// seen. Read with fetch, because an EventSource cannot send a key.

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

/** The key may not see it, or the box has no such thing: asking again would change nothing. */
const HOPELESS = [401, 403, 404];

const listeners = { event: new Set(), live: new Set(), state: new Set() };
let running = null;
let last = '';

document.addEventListener('visibilitychange', check);
addEventListener('lintel-key', () => {
  stop();
  check();
});

/**
 * @param type `event` for what was recorded, `live` for who is before a camera, `state` for how the connection is:
 *     `open`, `lost` and to be tried again, or `refused`
 * @returns a function that stops it
 */
export function listen(type, listener) {
  listeners[type].add(listener);
  check();
  return () => {
    listeners[type].delete(listener);
    check();
  };
}

/** Opens, closes or changes the connection so that it fits those who listen. */
function check() {
  const live = listeners.live.size > 0;
  const wanted = !document.hidden && (live || listeners.event.size > 0);
  if (running && (!wanted || running.live !== live)) {
    stop();
  }
  if (wanted && !running) {
    running = { control: new AbortController(), live };
    run(live, running.control.signal);
  }
}

function stop() {
  running?.control.abort();
  running = null;
}

async function run(live, signal) {
  let wait = FIRST_WAIT;
  while (!signal.aborted) {
    let state = 'lost';
    try {
      const response = await api.stream(last, live, signal);
      tell('state', 'open');
      wait = FIRST_WAIT;
      await read(response.body.pipeThrough(new TextDecoderStream()).getReader(), parser(take));
    } catch (error) {
      state = HOPELESS.includes(error.status) ? 'refused' : 'lost';
    }
    if (signal.aborted) {
      return;
    }
    tell('state', state);
    if (state === 'refused') {
      return;
    }
    await pause(wait, signal);
    wait = Math.min(2 * wait, LONGEST_WAIT);
  }
}

async function read(reader, feed) {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return;
    }
    feed(value);
  }
}

function take({ id, type, data }) {
  last = id || last;
  if (type in listeners && type !== 'state') {
    tell(type, JSON.parse(data));
  }
}

function tell(type, value) {
  for (const listener of listeners[type]) {
    try {
      listener(value);
    } catch (error) {
      // A view that cannot show something must not end the connection of the others.
      reportError(error);
    }
  }
}

/** Takes the text of an event stream in pieces of any size and hands on each message, as the standard has it. */
export function parser(onMessage) {
  let rest = '';
  let message = { id: '', type: 'message', lines: [] };
  return text => {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (message.lines.length > 0) {
          onMessage({ id: message.id, type: message.type, data: message.lines.join('\n') });
        }
        message = { id: '', type: 'message', lines: [] };
        continue;
      }
      const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
      if (field === 'data') {
        message.lines.push(value);
      } else if (field === 'event') {
        message.type = value;
      } else if (field === 'id') {
        message.id = value;
      }
    }
  };
}

/** Resolves after so many milliseconds, or as soon as the signal is aborted. */
export function pause(milliseconds, signal) {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.max(0, milliseconds));
    signal.addEventListener('abort', done);
  });
}

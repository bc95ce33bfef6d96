// What the screen beside a door says, from what the box says: keys of sentences, and which tone sounds. No element, no clock.

const RING = ['refused', 'closed', 'fault'];

/** Frequencies in hertz, one after another. */
export const TONES = {
  move: [660, 880],
  next: [880, 880],
  again: [440, 440],
  welcome: [660, 880, 1320],
  ring: [330, 262],
};

/**
 * @param state what the box said last; null while there is no connection
 * @returns `say` and `more`, each a key and its values or null; `steps` that were asked for and `step` of them that is asked now
 */
export function saying(state) {
  if (state === null) {
    return words('lost', ['screen.lost'], ['screen.ring']);
  }
  const { shows } = state;
  if (shows === 'move') {
    return { ...words(shows, [`screen.move.${state.movement}`], null), movement: state.movement, step: state.step, steps: state.steps };
  }
  if (shows === 'idle') {
    return { ...words(shows, ['screen.idle'], state.button ? null : ['screen.idle.hint']), button: state.button };
  }
  if (shows === 'welcome' && state.name) {
    return words(shows, ['screen.welcome.name', { name: state.name }], null);
  }
  return words(shows, [`screen.${shows}`], RING.includes(shows) ? ['screen.ring'] : null);
}

function words(shows, say, more) {
  return { shows, say, more, movement: '', step: 0, steps: 0, button: false };
}

/** The tone for a change from one to another; null for silence. */
export function tone(before, now) {
  if (now === null || before?.shows === now.shows && before?.step === now.step && before?.movement === now.movement) {
    return null;
  }
  if (now.shows === 'move') {
    return now.step === 1 ? 'move' : 'next';
  }
  if (RING.includes(now.shows)) {
    return 'ring';
  }
  return now.shows in TONES ? now.shows : null;
}

/**
 * What to say of a touch of the button.
 *
 * @param status of the box's answer; null if there was none
 * @returns a sentence's key; null if the box looks now
 */
export function notWoken(status) {
  if (status === null) {
    return 'screen.lost';
  }
  if (status === 404) {
    return 'screen.key.wrong';
  }
  return status >= 200 && status < 300 ? null : 'screen.unheard';
}

/** The door and the key in an address such as `#main/SECRET`; null if it has none. */
export function address(hash) {
  const found = /^#([A-Za-z0-9_-]{1,40})\/(\S+)$/.exec(hash);
  return found && { door: found[1], key: decodeURIComponent(found[2]) };
}

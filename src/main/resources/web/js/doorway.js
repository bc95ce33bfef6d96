import * as api from './api.js';
import { ask } from './dialogs.js';
import { el } from './dom.js';
import { badge } from './events.js';
import { holdButton } from './hold.js';
import { refresh } from './status.js';
import { t, when } from './strings.js';
import { failure, success } from './toast.js';

// What may be done with a door beside its picture: open it once, and see how its lock is.

const MODE_TONES = { 'lock-down': 'bad', 'free-passage': 'warn' };

/**
 * Opens a door once, and says what came of it.
 *
 * @returns whether it was opened
 */
export async function openOnce(door) {
  try {
    await api.unlock(door);
    success(t('door.unlock.done', { door }));
    return true;
  } catch (error) {
    failure(error.code === 'lock_failed' ? t('doorway.dead', { door }) : error.message);
    return false;
  } finally {
    refresh();
  }
}

/**
 * The panel of one door.
 *
 * @param mayOpen whether the caller may unlock it
 * @param alone whether it is the only one, whose name need not be said
 */
export function doorway(door, mayOpen, alone) {
  const said = el('p', { class: 'said', role: 'status' });
  const say = (text, tone = '') => {
    said.textContent = text;
    said.className = `said ${tone}`;
  };
  const open = async () => {
    button.disabled = true;
    say(t('doorway.opening'));
    try {
      await api.unlock(door.id);
      say(t('doorway.open'), 'good');
      success(t('door.unlock.done', { door: door.id }));
    } catch (error) {
      say(error.code === 'lock_failed' ? t('doorway.dead', { door: door.id }) : error.message, 'bad');
    }
    button.disabled = false;
    refresh();
  };
  const button = holdButton({
    text: t('doorway.hold'),
    label: t('doorway.hold.which', { door: door.id }),
    name: 'hold',
    act: open,
    early: () => say(t('doorway.early')),
    ask: () => ask({
      title: t('door.unlock.title', { door: door.id }),
      body: [el('p', {}, t('door.unlock.text'))],
      ok: t('door.unlock.ok'),
      act: open,
    }),
  });
  const state = el('p', { class: 'state' });
  const put = now => {
    const lines = [
      now.mode === 'normal' ? null : badge(t(`mode.${now.mode}`), MODE_TONES[now.mode]),
      now.mode === 'normal' ? null : el('span', {}, now.mode_until ? t('mode.until', { until: when(now.mode_until) }) : t('mode.forever')),
      now.lock === 'failed' ? el('span', { class: 'verdict bad' }, t('doorway.dead', { door: now.id })) : null,
      now.lock === 'none' ? el('span', { class: 'quiet' }, t('doorway.none')) : null,
      ['open', 'closed'].includes(now.sensor) ? el('span', { class: now.held_open ? 'verdict warn' : 'quiet' },
        t(`sensor.${now.sensor}`, { since: now.sensor_since ? when(now.sensor_since) : '–' })) : null,
    ].filter(Boolean);
    state.replaceChildren(...lines.flatMap((line, i) => (i === 0 ? [line] : [' ', line])));
    state.hidden = lines.length === 0;
  };
  put(door);
  return {
    id: door.id,
    put,
    node: el('section', { class: 'doorway', 'data-door': door.id },
      alone ? null : el('h2', {}, door.id),
      state,
      mayOpen && door.lock !== 'none' ? button : null,
      said),
  };
}

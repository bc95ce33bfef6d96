import * as api from './api.js';
import { ask } from './dialogs.js';
import { el } from './dom.js';
import { listed, t } from './strings.js';

// From changes of the configuration to the running box: what would change is shown before it is saved.

const LOOKS = 120;
const EVERY = 500;

/**
 * Checks, shows the lines that go and come, and saves.
 *
 * @param changes `{op, path, value}`
 * @returns what was done, or undefined if the user thought better of it
 * @throws Problem with everything that is wrong
 */
export async function save(changes, revision) {
  const found = await api.checkSettings(changes, revision);
  refuse(found);
  return found.difference.length === 0 ? found : confirm(t('settings.save.title'), found, () => api.changeSettings(changes, revision));
}

/** Likewise for going back to a version. */
export async function goBack(id) {
  const found = await api.settingsVersion(id);
  refuse(found);
  return confirm(t('versions.back.title', { id }), found, () => api.restoreSettings(id));
}

/** Saves without showing the lines: the form on the page says it already. */
export async function saveAtOnce(changes, revision) {
  return changes.length === 0 ? { pending: [] } : api.changeSettings(changes, revision);
}

function refuse(found) {
  if (found.problems.length > 0) {
    throw new Error(found.problems.map(({ path, text }) => (path ? `${path}: ${text}` : text)).join(' '));
  }
}

function confirm(title, found, act) {
  const later = found.effects.filter(effect => effect.how === 'restart').map(effect => effect.part);
  return ask({
    title,
    body: [
      found.difference.length === 0 ? el('p', {}, t('settings.same')) : difference(found.difference),
      el('p', {}, later.length === 0 ? t('settings.now') : t('settings.later', { parts: listed(later) })),
    ],
    ok: t('settings.save'),
    act,
  });
}

/** The lines, with a sign for those who see no colours and words for those who see nothing. */
export function difference(lines) {
  return el('ul', { class: 'difference', 'aria-label': t('settings.difference') },
    ...lines.map(line => el('li', { class: line.added ? 'added' : 'gone' },
      el('span', { class: 'visually-hidden' }, t(line.added ? 'settings.added' : 'settings.gone')),
      el('span', { 'aria-hidden': 'true' }, line.added ? '+ ' : '− '),
      el('code', {}, line.text.trimEnd()))));
}

/** Starts the box again and waits until it answers. @returns whether it does */
export async function restart() {
  await api.restart();
  await pause(2 * EVERY);
  for (let look = 0; look < LOOKS; look++) {
    if (await api.alive()) {
      return true;
    }
    await pause(EVERY);
  }
  return false;
}

const pause = millis => new Promise(resolve => { setTimeout(resolve, millis); });

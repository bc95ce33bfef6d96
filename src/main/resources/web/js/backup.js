import * as api from './api.js';
import { ask, field } from './dialogs.js';
import { byId, el, problemBox, show } from './dom.js';
import { features } from './features.js';
import { pause } from './stream.js';
import { dateTime, t, whole } from './strings.js';
import { success } from './toast.js';

// The view of backups: how they are made, one made now, those that are there.

const SHORTEST = 12;
const MEBIBYTE = 2 ** 20;
const EVERY = 3000;

let current = new AbortController();

export function start() {
  byId('backup-make').addEventListener('click', () => after(askForOne));
}

/** Shows how it is, and goes on for as long as one is being made. */
export async function enter() {
  const { signal } = current;
  while (!signal.aborted && await shown()) {
    await pause(EVERY, signal);
  }
}

export function leave() {
  current.abort();
  current = new AbortController();
}

/** @returns whether it will soon be different */
async function shown() {
  try {
    const state = await api.backups();
    const configurable = (await features()).settings !== null;
    byId('backup-error').replaceChildren();
    byId('backup-state').replaceChildren(...sentences(state, configurable));
    byId('backup-make').disabled = state.running;
    show(byId('backup-table'), state.backups.length > 0);
    show(byId('backup-kept-title'), state.backups.length > 0);
    byId('backup-rows').replaceChildren(...state.backups.map(row));
    byId('backup-make').dataset.passphrase = String(state.passphrase);
    return state.running;
  } catch (error) {
    byId('backup-error').replaceChildren(problemBox(error));
    return false;
  }
}

function sentences(state, may) {
  const own = state.backups.find(each => each.own);
  return [
    state.running ? el('p', { class: 'notice' }, t('backup.making')) : null,
    state.fault ? el('div', { class: 'notice bad' }, el('p', {}, t('backup.fault', { when: dateTime(state.fault_at), why: state.fault }))) : null,
    el('p', {}, own ? t('backup.last', { when: dateTime(own.at) }) : t('backup.never'), ' ',
      state.at ? t('backup.daily', { at: state.at, keep: whole(state.keep) }) : t('backup.byhand', { keep: whole(state.keep) })),
    may ? el('p', {}, el('a', { class: 'button', href: '#settings=backup' }, t('backup.daily.change'))) : null,
    el('p', {}, t('backup.folder', { folder: state.folder }), ' ', state.same_disk ? t('backup.disk') : ''),
    state.left_out.length > 0 ? el('p', { class: 'notice' }, t('backup.left', { keys: state.left_out.join(', ') })) : null,
  ].filter(Boolean);
}

function row({ name, at, bytes, version, own }) {
  const when = dateTime(at);
  return el('tr', { role: 'row' },
    el('th', { role: 'rowheader', scope: 'row' }, when, own ? '' : ` (${t('backup.foreign')})`),
    el('td', { role: 'cell', 'data-head': t('backup.size') }, size(bytes)),
    el('td', { role: 'cell', 'data-head': t('backup.version') }, version),
    el('td', { role: 'cell', class: 'row-actions' },
      el('button', { type: 'button', class: 'button', 'aria-label': t('backup.download.which', { when }), click: () => after(() => save(name)) }, t('backup.download')),
      el('button', { type: 'button', class: 'button', 'aria-label': t('backup.remove.which', { when }), click: () => after(() => askToRemove(name, when)) }, t('backup.remove'))));
}

/** What was done is said, and the list read anew. */
async function after(work) {
  try {
    const done = await work();
    if (done) {
      await shown();
      success(done);
    }
  } catch (error) {
    byId('backup-error').replaceChildren(problemBox(error));
  }
}

function askForOne() {
  const configured = byId('backup-make').dataset.passphrase === 'true';
  const passphrase = secret('backup-passphrase');
  const again = secret('backup-again');
  return ask({
    title: t('backup.make'),
    body: [
      field(t('backup.passphrase'), passphrase),
      el('p', { class: 'help' }, t('backup.passphrase.help'), ' ', configured ? t('backup.configured') : ''),
      field(t('backup.again'), again),
    ],
    ok: t('backup.make'),
    focus: passphrase,
    act: async () => {
      const wrong = fault(passphrase.value, again.value, configured);
      if (wrong) {
        throw new Error(t(wrong));
      }
      const made = await api.makeBackup(passphrase.value);
      return t('backup.made', { people: whole(made.people), entries: whole(made.log_entries) });
    },
  });
}

/** @returns what is wrong with a new passphrase, or null */
export function fault(passphrase, again, configured) {
  if (passphrase === '' && again === '' && configured) {
    return null;
  }
  return passphrase.length < SHORTEST ? 'backup.short' : passphrase !== again ? 'backup.different' : null;
}

function secret(id) {
  return el('input', { id, type: 'password', autocomplete: 'new-password', maxlength: 1000 });
}

async function save(name) {
  const address = URL.createObjectURL(await api.backupFile(name));
  el('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

function askToRemove(name, when) {
  return ask({
    title: t('backup.remove.which', { when }),
    body: [el('p', {}, t('backup.remove.text'))],
    ok: t('backup.remove'),
    danger: true,
    act: async () => {
      await api.removeBackup(name);
      return t('backup.removed');
    },
  });
}

function size(bytes) {
  return bytes < MEBIBYTE ? t('backup.kibibytes', { size: whole(Math.max(1, bytes / 1024)) }) : t('backup.mebibytes', { size: whole(bytes / MEBIBYTE) });
}

import { byId, el, message } from './dom.js';
import { t } from './strings.js';

// One <dialog> element, filled for each question. The browser keeps the focus inside while it is open; after
// it, focus goes back to where it was.

let queue = Promise.resolve();

/**
 * Asks and waits. `act` runs on confirmation with the dialog still open: if it throws, its message is shown
 * there and the user may try again.
 *
 * @param question `{title, body: nodes, ok: text or null, danger, focus: node, act: async () => value}`
 * @returns what `act` answered, or undefined if the user thought better of it
 */
export function ask(question) {
  const answer = queue.then(() => open(question));
  queue = answer.catch(() => undefined);
  return answer;
}

function open({ title, body = [], ok = null, danger = false, focus = null, act = async () => true }) {
  const dialog = byId('dialog');
  const form = byId('dialog-form');
  const confirm = byId('dialog-ok');
  const cancel = byId('dialog-cancel');
  const before = document.activeElement;
  byId('dialog-title').textContent = title;
  byId('dialog-body').replaceChildren(...body);
  message(byId('dialog-error'), '');
  confirm.hidden = ok === null;
  confirm.textContent = ok ?? '';
  confirm.className = danger ? 'button danger' : 'button primary';
  cancel.textContent = t(ok === null ? 'close' : 'cancel');

  return new Promise(resolve => {
    let result;
    const leave = new AbortController();
    const on = (node, type, handler) => node.addEventListener(type, handler, { signal: leave.signal });
    on(form, 'submit', async event => {
      event.preventDefault();
      confirm.disabled = true;
      message(byId('dialog-error'), '');
      try {
        result = await act();
        dialog.close();
      } catch (error) {
        message(byId('dialog-error'), error.message);
      } finally {
        confirm.disabled = false;
      }
    });
    on(cancel, 'click', () => dialog.close());
    on(dialog, 'close', () => {
      leave.abort();
      byId('dialog-body').replaceChildren();
      if (before?.isConnected) {
        before.focus();
      }
      resolve(result);
    });
    dialog.showModal();
    (focus ?? (danger || ok === null ? cancel : confirm)).focus();
    focus?.select?.();
  });
}

/** Asks for the API key; resolves to it, or to undefined. */
export function askForKey(why) {
  const input = el('input', { id: 'key', type: 'password', autocomplete: 'off', spellcheck: 'false' });
  return ask({
    title: t('key.title'),
    body: [
      el('p', {}, why || t('key.text')),
      el('div', { class: 'field' }, el('label', { for: 'key' }, t('key.label')), input),
    ],
    ok: t('key.ok'),
    focus: input,
    act: async () => {
      const key = input.value.trim();
      if (!key) {
        throw new Error(t('key.missing'));
      }
      return key;
    },
  });
}

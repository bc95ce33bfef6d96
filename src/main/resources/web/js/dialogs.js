import * as api from './api.js';
import { byId, el, message } from './dom.js';
import { t } from './strings.js';

let made = 0;

/**
 * Asks in a dialog of its own and waits. `act` runs on confirmation with the dialog still open: if it throws,
 * its message is shown there and the user may try again. One question may be asked on top of another; the
 * browser keeps the focus inside the uppermost, and after it the focus goes back to where it was.
 *
 * @param question `{title, body: nodes, ok: text or null, danger, focus: node, act: async () => value}`
 * @returns what `act` answered, or undefined if the user thought better of it
 */
export function ask({ title, body = [], ok = null, danger = false, focus = null, act = async () => true }) {
  const dialog = byId('dialog').content.firstElementChild.cloneNode(true);
  const part = selector => dialog.querySelector(selector);
  const confirm = part('.ok');
  const cancel = part('.cancel');
  const before = document.activeElement;
  part('h2').textContent = title;
  part('h2').id = `dialog-title-${++made}`;
  dialog.setAttribute('aria-labelledby', part('h2').id);
  part('.body').append(...body);
  confirm.hidden = ok === null;
  confirm.textContent = ok ?? '';
  confirm.classList.add(danger ? 'danger' : 'primary');
  cancel.textContent = t(ok === null ? 'close' : 'cancel');

  return new Promise(resolve => {
    let result;
    part('form').addEventListener('submit', async event => {
      event.preventDefault();
      confirm.disabled = true;
      message(part('.error'), '');
      try {
        result = await act();
        dialog.close();
      } catch (error) {
        message(part('.error'), error.message);
        confirm.disabled = false;
      }
    });
    cancel.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (before?.isConnected) {
        before.focus();
      }
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    (focus ?? (danger || ok === null ? cancel : confirm)).focus();
    focus?.select?.();
  });
}

/** A field of a dialog with its label. */
export function field(label, input) {
  return el('div', { class: 'field' }, el('label', { for: input.id }, label), input);
}

/**
 * Asks who is there: name and password, or an API key.
 *
 * @returns the key, true after logging in, or undefined
 */
export function askToLogIn(why) {
  const name = el('input', { id: 'login-name', type: 'text', autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false' });
  const password = el('input', { id: 'login-password', type: 'password', autocomplete: 'current-password' });
  const key = el('input', { id: 'key', type: 'password', autocomplete: 'off', spellcheck: 'false' });
  return ask({
    title: t('login.title'),
    body: [
      el('p', {}, why || t('login.text')),
      field(t('login.name'), name),
      field(t('login.password'), password),
      el('details', {}, el('summary', {}, t('key.instead')), el('p', { class: 'help' }, t('key.text')), field(t('key.label'), key)),
    ],
    ok: t('login.ok'),
    focus: name,
    act: async () => {
      if (key.value.trim()) {
        return key.value.trim();
      }
      if (!name.value.trim() || !password.value) {
        throw new Error(t('login.missing'));
      }
      try {
        await api.logIn(name.value.trim(), password.value);
      } catch (error) {
        throw error.status === 401 ? new Error(t('login.wrong')) : error;
      }
      return true;
    },
  });
}

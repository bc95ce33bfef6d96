import * as api from './api.js';
import { ask, field } from './dialogs.js';
import { byId, el, problemBox, show } from './dom.js';
import { date, t } from './strings.js';
import { success } from './toast.js';

// The view of who may use the box: accounts of people, keys of programs.

const PEOPLE = ['reception', 'personnel', 'admin'];
const PROGRAMS = ['identify', 'keypad', 'sensor', 'viewer', 'enrol', 'operator', 'admin'];

export function start() {
  byId('accounts-add').addEventListener('click', () => after(askForAccount));
  byId('keys-add').addEventListener('click', () => after(askForKey));
}

export async function enter() {
  try {
    const [accounts, keys] = await Promise.all([api.accounts(), api.keys()]);
    byId('accounts-error').replaceChildren();
    render('accounts', accounts, accountRow);
    render('keys', keys, keyRow);
  } catch (error) {
    byId('accounts-error').replaceChildren(problemBox(error));
  }
}

/** After a change both lists are read anew, and what was done is said. */
async function after(work) {
  const done = await work();
  if (done) {
    await enter();
    success(done);
    if (!document.activeElement || document.activeElement === document.body) {
      byId('accounts-title').focus();
    }
  }
}

function render(what, items, row) {
  show(byId(`${what}-table`), items.length > 0);
  show(byId(`${what}-none`), items.length === 0);
  byId(`${what}-rows`).replaceChildren(...items.map(row));
}

function accountRow(account) {
  return row(account, account.roles.map(role => t(`role.${role}`)).join(', '), [
    button(t('accounts.change'), t('accounts.change.which', { name: account.name }), () => askForChange(account)),
    button(t('accounts.remove'), t('accounts.remove.which', { name: account.name }), () => askToRemove(account)),
  ]);
}

function keyRow(key) {
  return row(key, t(`role.${key.role}`), key.source === 'made'
    ? [button(t('keys.remove'), t('keys.remove.which', { name: key.name }), () => askToRevoke(key))]
    : [t('keys.configured')]);
}

function row({ name, last_used: used, expires_at: ends }, roles, actions) {
  return el('tr', { role: 'row' },
    el('th', { role: 'rowheader', scope: 'row' }, name),
    el('td', { role: 'cell', 'data-head': t('accounts.roles') }, roles),
    el('td', { role: 'cell', 'data-head': t('accounts.used') }, used ? date(used) : t('accounts.never')),
    el('td', { role: 'cell', 'data-head': t('accounts.ends') }, ends ? date(ends) : t('accounts.never')),
    el('td', { role: 'cell', class: 'row-actions' }, ...actions));
}

function button(text, label, act) {
  return el('button', { type: 'button', class: 'button', 'aria-label': label, click: () => after(act) }, text);
}

function askToRemove({ name }) {
  return ask({
    title: t('accounts.remove.which', { name }),
    body: [el('p', {}, t('accounts.remove.text'))],
    ok: t('accounts.remove'),
    danger: true,
    act: async () => {
      await api.removeAccount(name);
      return t('accounts.removed', { name });
    },
  });
}

function askToRevoke({ name }) {
  return ask({
    title: t('keys.remove.which', { name }),
    body: [el('p', {}, t('keys.remove.text'))],
    ok: t('keys.remove'),
    danger: true,
    act: async () => {
      await api.removeKey(name);
      return t('keys.removed', { name });
    },
  });
}

function askForAccount() {
  const name = el('input', { id: 'account-name', type: 'text', autocomplete: 'off', maxlength: 40, spellcheck: 'false' });
  const password = newPassword();
  const roles = checks(PEOPLE, []);
  return ask({
    title: t('accounts.add'),
    body: [field(t('login.name'), name), field(t('login.password'), password), el('p', { class: 'help' }, t('accounts.password.help')), roles],
    ok: t('accounts.add'),
    focus: name,
    act: async () => {
      const made = await api.addAccount(name.value.trim(), password.value, chosen(roles));
      return t('accounts.added', { name: made.name });
    },
  });
}

function askForChange(account) {
  const password = newPassword();
  const roles = checks(PEOPLE, account.roles);
  return ask({
    title: t('accounts.change.which', { name: account.name }),
    body: [roles, field(t('accounts.password.new'), password), el('p', { class: 'help' }, t('accounts.password.keep'))],
    ok: t('accounts.save'),
    focus: password,
    act: async () => {
      await api.changeAccount(account.name, { roles: chosen(roles), ...(password.value ? { password: password.value } : {}) });
      return t('accounts.changed', { name: account.name });
    },
  });
}

async function askForKey() {
  const name = el('input', { id: 'key-name', type: 'text', autocomplete: 'off', maxlength: 40, spellcheck: 'false' });
  const role = el('select', { id: 'key-role' }, ...PROGRAMS.map(each => el('option', { value: each }, t(`role.${each}`))));
  const made = await ask({
    title: t('keys.add'),
    body: [field(t('login.name'), name), field(t('accounts.roles'), role)],
    ok: t('keys.add'),
    focus: name,
    act: () => api.addKey(name.value.trim(), role.value),
  });
  if (!made) {
    return undefined;
  }
  const secret = el('input', { id: 'key-secret', type: 'text', readonly: true, value: made.secret });
  await ask({ title: t('keys.made', { name: made.name }), body: [el('p', {}, t('keys.secret.text')), field(t('keys.secret'), secret)], focus: secret });
  return t('keys.added', { name: made.name });
}

function newPassword() {
  return el('input', { id: 'account-password', type: 'password', autocomplete: 'new-password', maxlength: 128 });
}

function checks(roles, given) {
  return el('fieldset', {}, el('legend', {}, t('accounts.roles')), ...roles.map(role =>
    el('label', { class: 'check' }, el('input', { type: 'checkbox', value: role, checked: given.includes(role) }), ' ', t(`role.${role}`))));
}

function chosen(fieldset) {
  const roles = [...fieldset.querySelectorAll('input:checked')].map(box => box.value);
  if (roles.length === 0) {
    throw new Error(t('accounts.roles.missing'));
  }
  return roles;
}

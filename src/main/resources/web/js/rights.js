import * as api from './api.js';
import { ask } from './dialogs.js';
import { el } from './dom.js';
import { t } from './strings.js';

// Who may pass when: groups, validity and PIN of one person. Answers a sentence about what was done, or undefined.

export async function askRights(label) {
  const now = await api.access(label);
  const input = (id, attributes) => el('input', { id, autocomplete: 'off', spellcheck: 'false', ...attributes });
  const groups = input('rights-groups', { type: 'text', value: now.groups.join(', '), 'aria-describedby': 'rights-groups-help' });
  const [from, until] = [['rights-from', now.valid_from], ['rights-until', now.valid_until]]
    .map(([id, instant]) => input(id, { type: 'datetime-local', value: local(instant) }));
  const pin = input('rights-pin', { type: 'password', inputmode: 'numeric', autocomplete: 'new-password', placeholder: now.pin_set ? t('field.set') : null });
  const clear = input('rights-clear', { type: 'checkbox' });
  const saved = await ask({
    title: t('rights.title', { name: label }),
    body: [
      field('rights.groups', groups, el('p', { class: 'help', id: 'rights-groups-help' }, t('rights.groups.help'))),
      field('rights.from', from),
      field('rights.until', until),
      field('rights.pin', pin),
      now.pin_set ? el('label', { class: 'check' }, clear, ' ', el('span', {}, t('rights.pin.clear'))) : null,
    ].filter(Boolean),
    ok: t('settings.save'),
    focus: groups,
    act: async () => {
      if (clear.checked) {
        await api.clearPin(label);
      }
      return api.setAccess(label, {
        groups: groups.value.split(',').map(group => group.trim()).filter(Boolean),
        valid_from: instant(from.value),
        valid_until: instant(until.value),
        ...(pin.value ? { pin: pin.value } : {}),
      });
    },
  });
  return saved && t('rights.done', { name: label });
}

const field = (key, input, help = null) => el('div', { class: 'field' }, el('label', { for: input.id }, t(key)), input, help);

/** An instant as the browser's own field has it, and back. */
function local(instant) {
  if (!instant) {
    return '';
  }
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

const instant = text => (text ? new Date(text).toISOString() : null);

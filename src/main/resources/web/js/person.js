import * as api from './api.js';
import { ask } from './dialogs.js';
import { el } from './dom.js';
import { dateTime, decimal, t } from './strings.js';

// The questions about one person. Each answers a sentence about what was done, or undefined.

const TAKEN = 'label_taken';
const UNLIKE = 'unlike_others';
/** What may become of the attendance of who is deleted; the first is suggested. */
const ATTENDANCE = ['keep', 'anonymise', 'delete'];

export async function askRename(from) {
  const input = el('input', { id: 'rename', type: 'text', maxlength: '200', autocomplete: 'off', spellcheck: 'false', value: from });
  let taken = null;
  const renamed = await ask({
    title: t('rename.title', { name: from }),
    body: [el('div', { class: 'field' }, el('label', { for: 'rename' }, t('rename.label')), input)],
    ok: t('rename.ok'),
    focus: input,
    act: async () => {
      const to = input.value.trim();
      if (!to) {
        throw new Error(t('enrol.label.missing'));
      }
      try {
        return (await api.rename(from, to, false)).label;
      } catch (error) {
        if (error.code !== TAKEN) {
          throw error;
        }
        taken = to;
        return undefined;
      }
    },
  });
  return taken === null ? renamed && t('rename.done', { from, to: renamed }) : askMerge(from, taken);
}

async function askMerge(from, to) {
  let unlike = null;
  const merged = await ask({
    title: t('merge.title', { name: to }),
    body: [el('p', {}, t('merge.text', { from, to }))],
    ok: t('merge.ok'),
    danger: true,
    act: async () => {
      try {
        return await api.rename(from, to, true);
      } catch (error) {
        if (error.code !== UNLIKE) {
          throw error;
        }
        unlike = error;
        return undefined;
      }
    },
  });
  return unlike ? askMergeUnlike(from, to, unlike) : merged && t('merge.done', { from, to: merged.label });
}

async function askMergeUnlike(from, to, problem) {
  const merged = await ask({
    title: t('merge.unlike.title', { from, to }),
    body: [el('p', {}, problem.message), el('p', {}, t('merge.unlike.text'))],
    ok: t('merge.unlike.ok'),
    danger: true,
    act: () => api.rename(from, to, true, true),
  });
  return merged && t('merge.done', { from, to: merged.label });
}

/** What is to become of the attendance of who is deleted: a part of a question, and what was chosen. */
export function attendanceChoice() {
  const choices = ATTENDANCE.map(what => el('input', { type: 'radio', name: 'attendance', value: what }));
  choices[0].checked = true;
  return {
    element: el('fieldset', {},
      el('legend', {}, t('delete.attendance')),
      ...choices.map(choice => el('label', { class: 'check' }, choice, ' ', el('span', {}, t(`delete.attendance.${choice.value}`))))),
    value: () => choices.find(choice => choice.checked).value,
  };
}

/** Says what goes, and asks what becomes of the attendance. */
export async function askDelete({ label, count }) {
  const choice = attendanceChoice();
  let attendance = null;
  const gone = await ask({
    title: t('delete.title', { name: label }),
    body: [
      el('p', {}, t('delete.goes')),
      el('ul', { class: 'goes' }, ...['photos', 'access', 'log'].map(what => el('li', {}, t(`delete.goes.${what}`, { n: count })))),
      choice.element,
      el('p', {}, t('delete.final')),
    ],
    ok: t('delete.ok'),
    danger: true,
    act: () => {
      attendance = choice.value();
      return api.forget(label, attendance);
    },
  });
  if (gone) {
    await showReceipt(gone, attendance);
  }
  return gone && t('delete.done', { name: label });
}

/** What went and what stayed, to be read and to be kept. */
export async function showReceipt({ label, deleted }, attendance) {
  const lines = [
    t('receipt.photos', { n: deleted }),
    t('receipt.access'),
    t('receipt.log'),
    t(`receipt.attendance.${attendance}`),
    t('receipt.at', { at: dateTime(Date.now()) }),
  ];
  const save = el('button', {
    type: 'button',
    class: 'button',
    click: () => {
      const address = URL.createObjectURL(new Blob([`${t('receipt.title', { name: label })}\n\n${lines.join('\n')}\n`], { type: 'text/plain' }));
      el('a', { href: address, download: 'lintel-receipt.txt' }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
    },
  }, t('receipt.save'));
  await ask({
    title: t('receipt.title', { name: label }),
    body: [el('ul', { class: 'goes' }, ...lines.map(line => el('li', {}, line))), save],
  });
}

/** What the operator's own system says of a person. */
export async function askDetails({ label, external_id: external, note, fields }) {
  const number = el('input', { id: 'details-external', type: 'text', maxlength: '100', autocomplete: 'off', spellcheck: 'false', value: external ?? '' });
  const said = el('textarea', { id: 'details-note', rows: '3', maxlength: '1000' }, note);
  const others = el('textarea', { id: 'details-fields', rows: '4' }, fieldsText(fields));
  const saved = await ask({
    title: t('details.title', { name: label }),
    body: [
      el('div', { class: 'field' }, el('label', { for: 'details-external' }, t('details.external')), number),
      el('div', { class: 'field' }, el('label', { for: 'details-note' }, t('person.note')), said),
      el('div', { class: 'field' }, el('label', { for: 'details-fields' }, t('details.fields')), others),
    ],
    ok: t('details.ok'),
    focus: number,
    act: () => {
      const read = fieldsOf(others.value);
      if (read === null) {
        throw new Error(t('details.wrong'));
      }
      return api.describe(label, { external_id: number.value.trim() || null, note: said.value.trim() || null, fields: read });
    },
  });
  return saved && t('details.done', { name: label });
}

export const fieldsText = fields => Object.entries(fields).map(([name, value]) => `${name}: ${value}`).join('\n');

/** Of lines such as "name: value"; null if one is something else. */
export function fieldsOf(text) {
  const lines = text.split('\n').map(line => line.trim()).filter(line => line !== '');
  const pairs = lines.map(line => line.match(/^([^:]+):(.*)$/));
  return pairs.includes(null) ? null : Object.fromEntries(pairs.map(([, name, value]) => [name.trim(), value.trim()]));
}

/** Says what follows. */
export async function askDeactivate(label) {
  const off = await ask({
    title: t('active.title', { name: label }),
    body: [el('p', {}, t('active.text', { name: label }))],
    ok: t('active.off'),
    danger: true,
    act: () => api.setActive(label, false),
  });
  return off && t('active.off.done', { name: label });
}

/** What is to be said of how a template fits, if anything. */
export function fitText({ set_aside: aside, fit }) {
  if (aside) {
    return t('templates.aside');
  }
  if (fit?.unlike_others) {
    return t('templates.unlike', { distance: decimal(fit.own_distance) });
  }
  return fit?.nearer_to_another
    ? t('templates.another', { name: fit.other.label, distance: decimal(fit.other.distance) })
    : null;
}

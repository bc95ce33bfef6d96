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

/** Says what goes, and asks what becomes of the attendance. */
export async function askDelete({ label, count }) {
  const choices = ATTENDANCE.map(what => el('input', { type: 'radio', name: 'attendance', value: what }));
  choices[0].checked = true;
  const gone = await ask({
    title: t('delete.title', { name: label }),
    body: [
      el('p', {}, t('delete.goes')),
      el('ul', { class: 'goes' }, ...['photos', 'access', 'log'].map(what => el('li', {}, t(`delete.goes.${what}`, { n: count })))),
      el('fieldset', {},
        el('legend', {}, t('delete.attendance')),
        ...choices.map(choice => el('label', { class: 'check' }, choice, ' ', el('span', {}, t(`delete.attendance.${choice.value}`))))),
      el('p', {}, t('delete.final')),
    ],
    ok: t('delete.ok'),
    danger: true,
    act: () => api.forget(label, choices.find(choice => choice.checked).value),
  });
  return gone && t('delete.done', { name: label });
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

/**
 * The person's templates, each of which can be set aside, given to whom it is nearer, or deleted. With the last one goes the
 * person, which is asked for.
 */
export async function showTemplates(label) {
  const list = el('ul', { class: 'templates' });
  const problem = el('p', { class: 'error', role: 'alert' });
  let deleted = 0;
  let changed = 0;
  const fill = templates => list.replaceChildren(...templates.map(template => {
    const when = dateTime(template.created_at);
    const fit = fitText(template);
    const other = template.fit?.nearer_to_another && templates.length > 1 ? template.fit.other.label : null;
    return el('li', {},
      el('p', {}, t(template.comparable ? 'templates.item' : 'templates.item.old', { date: when, quality: decimal(template.quality) })),
      fit ? el('p', { class: 'warn' }, fit) : null,
      el('button', {
        type: 'button',
        class: 'button',
        'aria-label': t(template.set_aside ? 'templates.takeup.which' : 'templates.setaside.which', { date: when }),
        click: () => change(template, { set_aside: !template.set_aside }),
      }, t(template.set_aside ? 'templates.takeup' : 'templates.setaside')),
      other ? el('button', {
        type: 'button',
        class: 'button',
        'aria-label': t('templates.move.which', { date: when, name: other }),
        click: () => change(template, { label: other }),
      }, t('templates.move', { name: other })) : null,
      el('button', {
        type: 'button',
        class: 'button',
        'aria-label': t('templates.delete.which', { date: when }),
        click: () => forget(template, templates),
      }, t('templates.delete')));
  }));
  const change = async (template, what) => {
    problem.textContent = '';
    try {
      await api.changeTemplate(label, template.id, what);
      changed++;
      fill((await api.person(label)).templates);
      list.querySelector('button')?.focus();
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const forget = async (template, templates) => {
    problem.textContent = '';
    if (templates.length === 1) {
      if (await askDelete({ label, count: 1 })) {
        deleted++;
        fill([]);
      }
      return;
    }
    try {
      await api.forgetTemplate(label, template.id);
      deleted++;
      fill(templates.filter(other => other !== template));
      list.querySelector('button')?.focus();
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const passback = el('p', { role: 'status' });
  const forgive = el('button', {
    type: 'button',
    class: 'button',
    click: async () => {
      problem.textContent = '';
      try {
        const { forgiven } = await api.forgivePassback(label);
        passback.textContent = t(forgiven ? 'passback.done' : 'passback.none', { name: label });
      } catch (error) {
        problem.textContent = error.message;
      }
    },
  }, t('passback.forgive'));
  const loading = api.person(label).then(person => fill(person.templates), error => { problem.textContent = error.message; });
  await ask({ title: t('templates.title', { name: label }), body: [
    el('p', {}, t('templates.text')), list, problem, el('p', {}, t('passback.text')), forgive, passback,
  ] });
  await loading;
  if (deleted > 0) {
    return t('templates.done', { n: deleted, name: label });
  }
  return changed > 0 ? t('templates.changed', { n: changed, name: label }) : undefined;
}

import * as api from './api.js';
import { ask } from './dialogs.js';
import { byId, el, problemBox, show } from './dom.js';
import { features } from './features.js';
import { listed, span, t, when } from './strings.js';
import { success } from './toast.js';

// The view of unknown people: who was seen, how often, and what to do about it. There is no picture to show.

const OVERRULABLE = ['already_enrolled', 'unlike_others', 'spoof_suspected'];
const SUGGESTED = 1000;

export function start() {
  byId('visitors-ignored').addEventListener('toggle', () => {
    if (byId('visitors-ignored').open) {
      loadIgnored();
    }
  });
}

export function enter() {
  return reload();
}

async function reload() {
  try {
    const { visitors, keep_seconds: keep } = await api.visitors(false);
    byId('visitors-error').replaceChildren();
    byId('visitors-list').replaceChildren(...visitors.map(card));
    byId('visitors-count').textContent = keep === 0 ? t('visitors.off')
      : `${visitors.length === 0 ? t('visitors.none') : t('visitors.count', { n: visitors.length })} ${t('visitors.keep', { span: span(keep) })}`;
    const { settings } = await features();
    byId('visitors-off').replaceChildren(...(keep === 0 && settings !== null ? [el('a', { class: 'button', href: '#settings=visitors' }, t('visitors.on'))] : []));
    show(byId('visitors-ignored'), keep !== 0);
    await (byId('visitors-ignored').open ? loadIgnored() : null);
  } catch (error) {
    byId('visitors-error').replaceChildren(problemBox(error));
  }
}

async function loadIgnored() {
  try {
    const { visitors } = await api.visitors(true);
    byId('visitors-ignored-list').replaceChildren(...(visitors.length === 0
      ? [el('li', {}, t('visitors.ignored.none'))] : visitors.map(ignored)));
  } catch (error) {
    byId('visitors-error').replaceChildren(problemBox(error));
  }
}

function card(group) {
  const title = t('visitors.title.of', { id: group.id });
  const period = when(group.first) === when(group.last) ? when(group.last)
    : t('visitors.period', { first: when(group.first), last: when(group.last) });
  return el('li', { class: 'card' },
    el('h2', {}, title),
    el('p', {}, `${t('visitors.seen', { n: group.visits })} ${period}`),
    el('p', { class: 'quiet' }, t('visitors.where', { cameras: listed(group.cameras) })),
    el('p', { class: group.live === 0 ? 'verdict warn' : 'quiet' }, group.live === 0
      ? t('visitors.unproven') : t('visitors.live', { live: group.live, visits: group.visits })),
    group.resembles.length === 0 ? null
      : el('p', {}, t('visitors.resembles', { names: listed(group.resembles.map(person => person.label)) })),
    el('p', { class: 'quiet' }, t('visitors.until', { until: when(group.until) })),
    el('div', { class: 'actions' },
      button('assign', group, title, 'primary', () => assign(group, title)),
      button('ignore', group, title, '', () => sure('ignore', title, () => api.ignoreVisitors(group.id))),
      button('forget', group, title, '', () => sure('forget', title, () => api.forgetVisitors(group.id)))));
}

function ignored(group) {
  const title = t('visitors.title.of', { id: group.id });
  return el('li', {},
    el('p', {}, t('visitors.ignored.item', { title, since: when(group.first), until: when(group.until) })),
    button('forget', group, title, '', () => sure('forget', title, () => api.forgetVisitors(group.id))));
}

/** What was done is said, the list is read anew, and the focus goes to a place that still exists. */
function button(what, group, title, kind, act) {
  return el('button', {
    type: 'button',
    class: `button ${kind}`,
    'aria-label': t(`visitors.${what}.which`, { title }),
    click: async () => {
      const done = await act();
      if (done) {
        await reload();
        success(done);
        byId('visitors-title').focus();
      }
    },
  }, t(`visitors.${what}`));
}

async function sure(what, title, act) {
  const done = await ask({
    title: t(`visitors.${what}.title`, { title }),
    body: [el('p', {}, t(`visitors.${what}.text`))],
    ok: t(`visitors.${what}.ok`),
    danger: true,
    act,
  });
  return done && t(`visitors.${what}.done`, { title });
}

async function assign(group, title) {
  const names = el('datalist', { id: 'visitor-names' });
  const input = el('input', {
    id: 'visitor-name', type: 'text', maxlength: '200', autocomplete: 'off', autocapitalize: 'words', spellcheck: 'false',
    list: 'visitor-names',
  });
  suggest(names);
  let refused = null;
  const done = await ask({
    title: t('visitors.assign.title', { title }),
    body: [
      el('p', {}, t('visitors.assign.text')),
      el('div', { class: 'field' }, el('label', { for: 'visitor-name' }, t('enrol.label')), input, names),
      group.resembles.length === 0 ? null : el('div', { class: 'actions', role: 'group', 'aria-label': t('visitors.suggested') },
        el('span', {}, t('visitors.suggested')),
        ...group.resembles.map(person => el('button', {
          type: 'button', class: 'button', click: () => { input.value = person.label; input.focus(); },
        }, person.label))),
    ].filter(Boolean),
    ok: t('visitors.assign.ok'),
    focus: input,
    act: async () => {
      const label = input.value.trim();
      if (!label) {
        throw new Error(t('enrol.label.missing'));
      }
      return attempt(group, label, [], problem => { refused = { label, problem }; });
    },
  });
  const enrolled = refused ? await insist(group, refused.label, refused.problem, []) : done;
  return enrolled && t('visitors.assign.done', { name: enrolled.label, n: enrolled.enrolled });
}

/** Answers what was enrolled, or calls back with a refusal that the user may overrule. */
async function attempt(group, label, accept, onRefusal) {
  try {
    return await api.assignVisitors(group.id, label, accept);
  } catch (problem) {
    if (!OVERRULABLE.includes(problem.code) || accept.includes(problem.code)) {
      throw problem;
    }
    onRefusal(problem);
    return undefined;
  }
}

async function insist(group, label, problem, accepted) {
  const accept = [...accepted, problem.code];
  let refused = null;
  const done = await ask({
    title: t('visitors.insist.title', { name: label }),
    body: [el('p', {}, problem.message), el('p', {}, t(`visitors.insist.${problem.code}`))],
    ok: t('visitors.insist.ok', { name: label }),
    danger: true,
    act: () => attempt(group, label, accept, next => { refused = next; }),
  });
  return refused ? insist(group, label, refused, accept) : done;
}

/** Names that there are already, to choose from; without them the field works as well. */
async function suggest(list) {
  try {
    const { people } = await api.list(null, SUGGESTED);
    list.replaceChildren(...people.map(person => el('option', { value: person.label })));
  } catch {
    list.replaceChildren();
  }
}

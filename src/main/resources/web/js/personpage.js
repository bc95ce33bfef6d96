import * as api from './api.js';
import { consentSection, wasThere } from './consent.js';
import { byId, el, problemBox } from './dom.js';
import { story, tone } from './events.js';
import { askDeactivate, askDelete, askDetails, askRename, fitText } from './person.js';
import { features } from './features.js';
import { askRights } from './rights.js';
import { session } from './session.js';
import * as status from './status.js';
import { dateTime, decimal, hours, t, today, when } from './strings.js';
import { failure, flush, success, undoable } from './toast.js';

// The page of one person: when they may pass, when they were here, and what the box has learnt of them.

/** Of likeness: a distance at which the bar is empty. */
const FAR = 1;

/** How many of the newest events are searched for one at which the person was there. */
const SEARCHED = 20;

let label = '';
let current = new AbortController();
/** Addresses of the pictures that are shown. */
let shown = [];

export function start() {}

/** @param name whose page it is */
export async function enter(name) {
  if (name === null) {
    location.hash = '#people';
    return;
  }
  label = name;
  byId('person-title').textContent = label;
  byId('person-body').replaceChildren(el('p', { role: 'status' }, t('person.loading')));
  await reload();
}

export function leave() {
  current.abort();
  current = new AbortController();
  forgetPictures();
  flush();
}

async function reload() {
  const { signal } = current;
  const { operations } = await session();
  const may = operation => operations.includes(operation);
  try {
    const [person, access, last, month, consent] = await Promise.all([
      api.person(label),
      may('getAccess') ? api.access(label).catch(() => null) : null,
      may('events') ? api.events({ label, limit: SEARCHED }).then(page => page.events.find(wasThere) ?? null, () => null) : null,
      may('attendanceMonth') ? api.attendanceMonth(today().slice(0, 7)).then(all => all.people.find(one => one.label === label) ?? null, () => null)
        : null,
      may('getConsent') ? api.consent(label) : null,
    ]);
    const { settings } = await features();
    // Without it nobody has anything to be forgiven.
    const passback = (settings?.settings.doors ?? [{}]).some(door => door['anti-passback']?.mode !== 'off');
    if (signal.aborted) {
      return;
    }
    forgetPictures();
    byId('person-body').replaceChildren(
      facts(person, access, last, month),
      el('div', { class: 'actions' }, ...buttons(person, may, passback)),
      ...(may('getConsent') ? consentSection(label, consent, may, changed) : []),
      el('h2', { id: 'person-views' }, t('person.views')),
      el('p', { class: 'help' }, t('templates.text')),
      ...(may('templatePicture') && person.templates.some(template => template.picture) ? [showPictures(person)] : []),
      el('ul', { class: 'views', 'aria-labelledby': 'person-views' }, ...oddFirst(person.templates).map(template => view(template, person, may))));
  } catch (error) {
    byId('person-body').replaceChildren(problemBox(error));
  }
}

/** A look is written down, and so the pictures are not shown unless they are asked for. */
function showPictures({ templates }) {
  const { signal } = current;
  const show = el('button', {
    type: 'button',
    id: 'person-pictures',
    class: 'button',
    click: async () => {
      show.disabled = true;
      try {
        for (const { id, created_at: at } of templates.filter(template => template.picture)) {
          const address = URL.createObjectURL(await api.templatePicture(label, id, signal));
          shown.push(address);
          document.getElementById(`view-${id}`)?.prepend(
            el('img', { class: 'thumbnail', src: address, alt: t('person.picture', { date: dateTime(at) }), width: 112, height: 112 }));
        }
        show.parentElement.remove();
        byId('person-title').focus({ preventScroll: true });
      } catch (error) {
        show.disabled = false;
        if (!signal.aborted) {
          failure(error.message);
        }
      }
    },
  }, t('person.pictures'));
  return el('p', {}, show, ' ', el('span', { class: 'quiet' }, t('person.pictures.help')));
}

function forgetPictures() {
  shown.forEach(address => URL.revokeObjectURL(address));
  shown = [];
}

/** After a question about the consent. */
async function changed(work) {
  const done = await work;
  if (!done) {
    return;
  }
  success(done.text);
  if (done.deleted) {
    status.refresh();
    location.hash = '#people';
  } else {
    await reload();
  }
}

function facts(person, access, last, month) {
  const lines = [
    !person.active && ['person.active', t('person.active.off', { at: dateTime(person.inactive_since) }), 'bad'],
    person.external_id && ['person.external', person.external_id],
    person.note && ['person.note', person.note],
    access && ['rights.groups', access.groups.length > 0 ? access.groups.join(', ') : t('person.groups.none')],
    access && ['person.valid', validity(access)],
    access && ['person.pin', t(access.pin_set ? 'person.pin.set' : 'person.pin.none')],
    last && ['person.last', [when(last.at), story(last)].join(' · '), tone(last)],
    month && ['person.month', t('person.month.of', { days: month.days_present, hours: hours(month.presence_seconds), late: month.days_late })],
  ].filter(Boolean).map(([key, ...rest]) => [t(key), ...rest]);
  return el('dl', { class: 'person-facts' }, ...[...lines, ...Object.entries(person.fields)]
    .flatMap(([name, text, colour]) => [el('dt', {}, name), el('dd', { class: colour ?? '' }, text)]));
}

function validity({ valid_from: from, valid_until: until }) {
  if (!from && !until) {
    return t('person.valid.always');
  }
  return [from && t('person.valid.from', { at: dateTime(from) }), until && t('person.valid.until', { at: dateTime(until) })].filter(Boolean).join(', ');
}

function buttons(person, may, passback) {
  return [
    may('setAccess') && button('people.rights', () => done(askRights(label))),
    may('enroll') && el('a', { class: 'button', href: `#enrol=${encodeURIComponent(label)}` }, t('person.more')),
    may('renamePerson') && button('people.rename', async () => {
      const renamed = await askRename(label);
      if (renamed) {
        success(renamed);
        location.hash = '#people';
      }
    }),
    may('describePerson') && button('details.edit', () => done(askDetails(person))),
    may('setActive') && button(person.active ? 'active.off' : 'active.on', () => done(person.active ? askDeactivate(label) : activate())),
    may('forgivePassback') && passback && button('passback.forgive', () => done(forgive()), 'passback.text'),
    may('delete') && button('people.delete', async () => {
      const gone = await askDelete(person);
      if (gone) {
        success(gone);
        status.refresh();
        location.hash = '#people';
      }
    }),
  ].filter(Boolean);
}

const button = (key, act, title = null) => el('button', { type: 'button', class: 'button', title: title && t(title), click: act }, t(key));

async function activate() {
  try {
    await api.setActive(label, true);
    status.refresh();
    return t('active.on.done', { name: label });
  } catch (error) {
    failure(error.message);
    return undefined;
  }
}

async function forgive() {
  try {
    const { forgiven } = await api.forgivePassback(label);
    return t(forgiven ? 'passback.done' : 'passback.none', { name: label });
  } catch (error) {
    failure(error.message);
    return undefined;
  }
}

async function done(work) {
  const text = await work;
  if (text) {
    success(text);
    await reload();
  }
}

/** What does not fit is what somebody came for. */
const oddFirst = templates => [...templates].sort((one, other) => Boolean(fitText(other) && !other.set_aside) - Boolean(fitText(one) && !one.set_aside));

/** One of what was learnt: from when, how good, how like the others, and what can be done with it. The odd one is red. */
function view(template, person, may) {
  const at = dateTime(template.created_at);
  const odd = fitText(template);
  const like = template.fit?.own_distance;
  const other = template.fit?.nearer_to_another && person.templates.length > 1 ? template.fit.other.label : null;
  const item = el('li', { id: `view-${template.id}`, class: `view ${odd && !template.set_aside ? 'bad' : ''}` },
    el('p', {}, t(`templates.item${template.damaged ? '.damaged' : template.comparable ? '' : '.old'}`, { date: at, quality: decimal(template.quality) })),
    typeof like === 'number' ? el('p', { class: 'like' }, t('person.like', { distance: decimal(like) }), ' ',
      el('meter', { min: 0, max: FAR, value: Math.max(0, FAR - like), 'aria-label': t('person.like', { distance: decimal(like) }) })) : null,
    odd ? el('p', { class: `verdict ${template.set_aside ? 'warn' : 'bad'}` }, odd) : null,
    el('div', { class: 'actions' },
      ...(may('changeTemplate') ? [
        act(template.set_aside ? 'takeup' : 'setaside', { date: at }, () => change(template, { set_aside: !template.set_aside })),
        other ? act('move', { date: at, name: other }, () => change(template, { label: other })) : null,
      ] : []),
      may('deleteTemplate') ? act('delete', { date: at }, () => forget(template, person, item)) : null));
  return item;
}

const act = (what, values, work) => el('button', {
  type: 'button', class: 'button small', 'aria-label': t(`templates.${what}.which`, values), click: work,
}, t(`templates.${what}`, values));

async function change(template, what) {
  try {
    await api.changeTemplate(label, template.id, what);
    success(t('templates.changed', { n: 1, name: label }));
    await reload();
    byId('person-title').focus();
  } catch (error) {
    failure(error.message);
  }
}

/** With the last one goes the person, which is asked for; any other goes in some seconds, unless it is taken back. */
async function forget(template, person, item) {
  const left = item.parentElement.querySelectorAll('li:not([hidden])').length;
  if (left === 1) {
    const gone = await askDelete({ label, count: person.templates.length });
    if (gone) {
      success(gone);
      location.hash = '#people';
    }
    return;
  }
  item.hidden = true;
  const of = label;
  undoable(t('templates.done', { n: 1, name: label }), () => api.forgetTemplate(of, template.id).then(() => status.refresh()),
    () => { item.hidden = false; });
  byId('person-title').focus();
}

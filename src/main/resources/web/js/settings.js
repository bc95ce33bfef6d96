import * as api from './api.js';
import { changes, filled, fresh } from './changes.js';
import { ask } from './dialogs.js';
import { announce, byId, el, problemBox } from './dom.js';
import { form, modelText, weekGrid } from './fields.js';
import { forgetFeatures } from './features.js';
import { difference, goBack, restart, save } from './saving.js';
import { ATTENDANCE, CAMERA, DOOR, LOCKS, MQTT, RETENTION, SHIFT, VISITORS, WEBHOOK } from './sections.js';
import { dateTime, listed, t } from './strings.js';
import { success } from './toast.js';
import { tryCamera } from './trial.js';

// The view of the configuration: what an operator changes in daily life, without an editor.

let shown = null;

export function start() {}

/** @param what what is to be changed at once, such as `hours:main` */
export async function enter(what = null) {
  await reload();
  const [part, id] = what?.split(':') ?? [];
  const index = shown?.settings.doors.findIndex(door => door.id === id) ?? -1;
  if (part === 'hours' && index >= 0) {
    history.replaceState(null, '', '#settings');
    await done(() => editHours(index, shown.settings.doors[index]));
  }
}

async function reload() {
  try {
    const [now, versions] = await Promise.all([api.settings(), api.settingsVersions()]);
    shown = now;
    byId('settings-body').replaceChildren(...sections(now, versions));
  } catch (error) {
    byId('settings-body').replaceChildren(problemBox(error));
  }
}

function sections({ settings, pending, models }, versions) {
  return [
    pending.length > 0 ? waiting(pending) : null,
    section('cameras',
      cards(settings.cameras.map((camera, i) => card(camera.id, [camera.source, camera.door && t('settings.at', { door: camera.door })],
        [
          action('edit', camera.id, () => edit('cameras', i, CAMERA, camera)),
          action('try', camera.id, () => look(camera)),
          action('remove', camera.id, () => remove(`cameras[${i}]`)),
        ]))),
      action('add', t('settings.camera'), () => add('cameras', CAMERA,
        { id: fresh('front', settings.cameras.map(camera => camera.id)), source: '/dev/video0', direction: 'both', rotation: 0,
          mirror: false, transport: 'tcp', 'detect-size': 480, picture: true }))),
    section('doors',
      cards(settings.doors.map((door, i) => card(door.id, [t('settings.lock', { kind: t(`choice.lock.${door.lock.type}`) }), ...groupsOf(door)],
        [
          action('edit', door.id, () => editDoor(i, door)),
          action('hours', door.id, () => editHours(i, door)),
          action('days', door.id, () => editDays(i, door)),
          action('remove', door.id, () => remove(`doors[${i}]`)),
        ]))),
      action('add', t('settings.door'), () => addDoor(settings.doors.map(door => door.id)))),
    section('attendance',
      cards(settings.attendance.schedule.map((shift, i) => card(`${shift.start}–${shift.end}`, [shift.days.join(', '), shift.groups.join(', ')],
        [
          action('edit', shift.start, () => edit('attendance.schedule', i, SHIFT, shift)),
          action('remove', shift.start, () => remove(`attendance.schedule[${i}]`)),
        ]))),
      action('add', t('settings.shift'), () => add('attendance.schedule', SHIFT, { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '08:00', end: '16:30', groups: [] })),
      action('edit', t('settings.attendance'), () => editSection('attendance', ATTENDANCE, settings.attendance))),
    section('keeping',
      action('edit', t('settings.keeping'), () => editSection('attendance', RETENTION, settings.attendance)),
      action('edit', t('settings.visitors'), () => editSection('visitors', VISITORS, settings.visitors))),
    section('delivery',
      cards(settings.delivery.webhooks.map((hook, i) => card(hook.name, [hook.url],
        [
          action('edit', hook.name, () => edit('delivery.webhooks', i, WEBHOOK, hook)),
          action('remove', hook.name, () => remove(`delivery.webhooks[${i}]`)),
        ]))),
      action('add', t('settings.webhook'), () => add('delivery.webhooks', WEBHOOK, { name: fresh('target', settings.delivery.webhooks.map(hook => hook.name)), url: 'http://', events: [], names: 'ids' })),
      action('edit', t('settings.mqtt'), () => editSection('delivery.mqtt', MQTT, settings.delivery.mqtt))),
    section('box',
      el('p', {}, settings.gateway.place === '' ? t('settings.place.none') : t('settings.place', { place: settings.gateway.place })),
      action('edit', t('setup.place.name'), () => editSection('gateway', [['place', 'text']], settings.gateway)),
      el('p', {}, t('settings.zone', { zone: settings['time-zone'] })),
      action('edit', t('field.time-zone'), () => editSection('', [['time-zone', 'choice', Intl.supportedValuesOf('timeZone')]], settings)),
      models.length > 0 ? modelChoice(models, settings.embedding.model) : null),
    section('versions', versionList(versions)),
  ].filter(Boolean);
}

function waiting(pending) {
  const note = el('div', { class: 'notice', role: 'status' }, el('p', {}, t('settings.pending', { parts: listed(pending) })),
    el('button', {
      type: 'button',
      class: 'button',
      click: async event => {
        event.target.disabled = true;
        announce(t('settings.restarting'));
        const back = await restart().catch(() => false);
        announce(t(back ? 'settings.restarted' : 'settings.lost'));
        await reload();
      },
    }, t('settings.restart')));
  return note;
}

const section = (name, ...nodes) => el('section', { 'aria-labelledby': `settings-${name}` },
  el('h2', { id: `settings-${name}` }, t(`settings.section.${name}`)), ...nodes.filter(Boolean));

const cards = items => (items.length > 0 ? el('ul', { class: 'cards' }, ...items) : null);

const card = (title, lines, actions) => el('li', { class: 'card' }, el('h3', {}, title),
  ...lines.filter(Boolean).map(line => el('p', {}, line)), el('div', { class: 'actions' }, ...actions));

function action(what, which, act) {
  return el('button', {
    type: 'button',
    class: 'button',
    'aria-label': t(`settings.${what}.which`, { which }),
    click: () => done(act),
  }, what === 'edit' || what === 'add' ? t(`settings.${what}.which`, { which }) : t(`settings.${what}`));
}

/** Does it, says so, and shows what is now. */
async function done(act) {
  try {
    const result = await act();
    if (result?.saved) {
      success(t('settings.saved'));
      forgetFeatures();
      dispatchEvent(new Event('lintel-settings'));
      await reload();
    }
  } catch (error) {
    await ask({ title: t('settings.failed'), body: [el('p', {}, error.message)] });
  }
}

const groupName = group => (group === 'everybody' ? t('settings.everybody') : group);

const groupsOf = door => Object.entries(door.schedules).map(([group, hours]) =>
  `${groupName(group)}: ${hours.length > 0 ? hours.join(', ') : t('settings.never')}`);

/** Asks with a form, and what is wrong is said in it. @returns what was saved */
async function asked(title, fields, changesOf) {
  let wanted = null;
  const go = await ask({
    title,
    body: fields.nodes,
    ok: t('settings.next'),
    act: async () => {
      wanted = changesOf(fields.value());
      if (wanted.length > 0) {
        const found = await api.checkSettings(wanted, shown.revision);
        if (found.problems.length > 0) {
          throw new Error(found.problems.map(({ path, text }) => (path ? `${path}: ${text}` : text)).join(' '));
        }
      }
      return true;
    },
  });
  return go && wanted.length > 0 ? save(wanted, shown.revision) : undefined;
}

const isHidden = path => key => shown.hidden.some(hidden => hidden === (path ? `${path}.${key}` : key));

function edit(list, index, descriptions, values) {
  const path = `${list}[${index}]`;
  return asked(t('settings.edit.title'), form(descriptions, values, isHidden(path)), after => changes(path, values, after));
}

function editSection(path, descriptions, values) {
  return asked(t('settings.edit.title'), form(descriptions, values, isHidden(path)), after => changes(path, values, after));
}

function add(list, descriptions, suggested) {
  return asked(t('settings.add.title'), form(descriptions, suggested), after => [{ op: 'append', path: list, value: worth(after) }]);
}

/** Without empty lists: they are what is by default. */
const worth = values => Object.fromEntries(Object.entries(filled(values)).filter(([, value]) => !(Array.isArray(value) && value.length === 0)));

function remove(path) {
  return save([{ op: 'remove', path }], shown.revision);
}

async function look(camera) {
  const place = el('div', {});
  const hidden = isHidden(`cameras[${shown.settings.cameras.indexOf(camera)}]`)('source');
  if (hidden) {
    place.append(el('p', {}, t('settings.try.hidden')));
  } else {
    tryCamera({ source: camera.source, transport: camera.transport, rotation: camera.rotation, mirror: camera.mirror }, place);
  }
  await ask({ title: t('settings.try.which', { which: camera.id }), body: [place] });
}

/** The fields of a door: its own, the kind of its lock, and what that kind has. */
export function doorForm(values, path = null) {
  const own = form(DOOR, values);
  const place = el('div', {});
  let lock = null;
  const kinds = form([['lock', 'choice', Object.keys(LOCKS)]], { lock: values.lock?.type ?? 'none' });
  const select = kinds.nodes[0].querySelector('select');
  const show = () => {
    const type = select.value;
    const same = values.lock?.type === type;
    lock = form(LOCKS[type], same ? values.lock : {}, same && path ? isHidden(`${path}.lock`) : undefined);
    place.replaceChildren(...lock.nodes);
  };
  select.addEventListener('change', show);
  show();
  return {
    nodes: [...own.nodes, ...kinds.nodes, place],
    value: () => ({ ...own.value(), lock: { type: select.value, ...lock.value() } }),
  };
}

function editDoor(index, door) {
  const path = `doors[${index}]`;
  return asked(t('settings.edit.title'), doorForm(door, path), ({ lock, ...after }) => [
    ...changes(path, door, after),
    ...(lock.type === door.lock.type ? changes(`${path}.lock`, door.lock, lock)
      : [{ op: 'replace', path: `${path}.lock`, value: filled(lock) }]),
  ]);
}

function addDoor(taken) {
  const fields = doorForm({ id: fresh('main', taken), 'require-liveness': true, 'cool-down': '10s', uncertain: 'deny', fail: 'secure' });
  return asked(t('settings.add.title'), fields, ({ lock, ...door }) => [{ op: 'append', path: 'doors', value: { ...filled(door), lock: filled(lock) } }]);
}

function editHours(index, door) {
  const grids = new Map(Object.entries(door.schedules).map(([group, hours]) => [group, weekGrid(hours, groupName(group))]));
  const name = el('input', { type: 'text', id: 'hours-group', autocomplete: 'off', spellcheck: 'false' });
  const list = el('div', {}, ...[...grids.values()].map(grid => grid.node));
  const more = el('button', {
    type: 'button',
    class: 'button',
    click: () => {
      const group = name.value.trim().toLowerCase();
      if (group && !grids.has(group)) {
        grids.set(group, weekGrid([], group));
        list.append(grids.get(group).node);
        name.value = '';
      }
    },
  }, t('settings.group.add'));
  return asked(t('settings.hours.title', { door: door.id }), {
    nodes: [list, el('div', { class: 'field' }, el('label', { for: 'hours-group' }, t('settings.group')), name), more],
    value: () => ({ schedules: Object.fromEntries([...grids].map(([group, grid]) => [group, grid.value()])) }),
  }, after => changes(`doors[${index}]`, door, after));
}

/** A line for each day: `2026-12-24 08:00-12:00`, or the day alone for closed. */
function editDays(index, door) {
  const text = el('textarea', { id: 'days', rows: '6', spellcheck: 'false', 'aria-describedby': 'days-help' });
  text.value = Object.entries(door.holidays).map(([day, hours]) => [day, ...hours].join(' ')).join('\n');
  return asked(t('settings.days.title', { door: door.id }), {
    nodes: [el('div', { class: 'field' }, el('label', { for: 'days' }, t('settings.days')), text,
      el('p', { class: 'help', id: 'days-help' }, t('settings.days.help')))],
    value: () => ({ holidays: Object.fromEntries(text.value.split('\n').map(line => line.trim().split(/\s+/)).filter(([day]) => day)
      .map(([day, ...hours]) => [day, hours])) }),
  }, after => changes(`doors[${index}]`, door, after));
}

function modelChoice(models, current) {
  return el('fieldset', {}, el('legend', {}, t('settings.models')),
    ...models.map(model => {
      const input = el('input', {
        type: 'radio',
        name: 'model',
        value: model.folder,
        change: () => done(() => save([{ op: 'set', path: 'embedding.model', value: model.folder }], shown.revision)),
      });
      input.checked = model.folder === current;
      return el('label', { class: 'check' }, input, ' ', el('span', {}, modelText(model)));
    }),
    el('p', { class: 'help' }, t('settings.models.help')));
}

function versionList(versions) {
  return versions.length === 0 ? el('p', {}, t('versions.none')) : el('ol', { class: 'entries' }, ...versions.map(version => el('li', { class: 'entry' },
    el('p', { class: 'head' },
      el('strong', {}, t('versions.number', { id: version.id })), ' ',
      el('span', {}, version.by === '' ? t('versions.hand') : t('versions.by', { who: version.by })),
      el('time', { datetime: version.at }, dateTime(version.at))),
    version.paths.length > 0 ? el('p', { class: 'why' }, version.paths.join(', ')) : null,
    version === versions[0] ? null : el('div', { class: 'actions' },
      el('button', { type: 'button', class: 'button', click: () => done(() => goBack(version.id)) }, t('versions.back')),
      el('button', { type: 'button', class: 'button', click: () => done(() => compare(version.id)) }, t('versions.compare'))))));
}

async function compare(id) {
  const found = await api.settingsVersion(id);
  await ask({ title: t('versions.back.title', { id }), body: [difference(found.difference)] });
}

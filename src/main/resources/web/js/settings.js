import * as api from './api.js';
import { changes, clockTime, DAYS, filled, fresh, nested, withUser } from './changes.js';
import { ask, field } from './dialogs.js';
import { announce, byId, el, problemBox } from './dom.js';
import { form, modelText, weekGrid } from './fields.js';
import { forgetFeatures } from './features.js';
import { publicHolidays } from './holidays.js';
import { difference, goBack, restart, save } from './saving.js';
import { ATTENDANCE, camera as cameraFields, CONSENT, DOOR, FRIGATE, LOCKS, MQTT, RETENTION, SHIFT, VISITORS, WEBHOOK, WEEK } from './sections.js';
import { dateTime, listed, span, t, weekday } from './strings.js';
import { success } from './toast.js';
import { cameraSearch, tryCamera } from './trial.js';

// The view of the configuration: what an operator changes in daily life, without an editor.

const SHORTEST_PASSPHRASE = 12;

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
  const dialog = { backup: editBackup, visitors: () => editSection('visitors', VISITORS, shown.settings.visitors, t('settings.visitors')) }[part];
  if (dialog && shown) {
    history.replaceState(null, '', '#settings');
    await done(dialog);
  }
}

async function reload() {
  try {
    const [now, versions, backups] = await Promise.all([api.settings(), api.settingsVersions(), api.backups().catch(() => null)]);
    shown = { ...now, passphrase: backups?.passphrase ?? false };
    byId('settings-body').replaceChildren(...sections(now, versions));
  } catch (error) {
    byId('settings-body').replaceChildren(problemBox(error));
  }
}

function sections({ settings, pending, models }, versions) {
  const doors = settings.doors.map(door => door.id);
  return [
    pending.length > 0 ? waiting(pending) : null,
    section('cameras',
      cards(settings.cameras.map((camera, i) => card(camera.id, [camera.source, camera.door && t('settings.at', { door: camera.door })],
        [
          action('edit', camera.id, () => edit('cameras', i, cameraFields(doors), camera, camera.id)),
          action('try', camera.id, () => look(camera)),
          action('remove', camera.id, () => remove(`cameras[${i}]`)),
        ]))),
      named('add', t('settings.camera'), () => addCamera(settings.cameras.map(camera => camera.id), doors))),
    section('doors',
      cards(settings.doors.map((door, i) => card(door.id, [t('settings.lock', { kind: t(`choice.lock.${door.lock.type}`) }), ...groupsOf(door)],
        [
          action('edit', door.id, () => editDoor(i, door)),
          action('hours', door.id, () => editHours(i, door)),
          action('days', door.id, () => editDays(i, door)),
          action('screen', door.id, () => makeScreen(i, door)),
          action('remove', door.id, () => remove(`doors[${i}]`)),
        ]))),
      named('add', t('settings.door'), () => addDoor(doors))),
    section('attendance',
      cards(settings.attendance.schedule.map((shift, i) => card(`${shift.start}–${shift.end}`, [listed(shift.days.map(day => weekday(WEEK.indexOf(day)))), shift.groups.join(', ')],
        [
          action('edit', shift.start, () => edit('attendance.schedule', i, SHIFT, shift, shift.start)),
          action('remove', shift.start, () => remove(`attendance.schedule[${i}]`)),
        ]))),
      named('add', t('settings.shift'), () => add('attendance.schedule', SHIFT, { days: ['mon', 'tue', 'wed', 'thu', 'fri'], start: '08:00', end: '16:30', groups: [] }, t('settings.shift'))),
      named('edit', t('settings.attendance'), () => editAttendance(settings.attendance))),
    section('keeping',
      facts(
        ['field.keep-events', lasting(settings.attendance['keep-events']), () => editRetention(settings)],
        ['field.keep-attendance', lasting(settings.attendance['keep-attendance']), () => editRetention(settings)],
        ['field.keep', settings.visitors.keep === '0s' ? t('choice.names.none') : lasting(settings.visitors.keep),
          () => editSection('visitors', VISITORS, settings.visitors, t('settings.visitors'))])),
    section('delivery',
      cards(settings.delivery.webhooks.map((hook, i) => card(hook.name, [hook.url],
        [
          action('edit', hook.name, () => edit('delivery.webhooks', i, WEBHOOK, hook, hook.name)),
          action('remove', hook.name, () => remove(`delivery.webhooks[${i}]`)),
        ]))),
      named('add', t('settings.webhook'), () => add('delivery.webhooks', WEBHOOK, { name: fresh('target', settings.delivery.webhooks.map(hook => hook.name)), url: 'http://', events: [], names: 'ids' }, t('settings.webhook'))),
      named('edit', t('settings.mqtt'), () => editSection('delivery.mqtt', MQTT, settings.delivery.mqtt, t('settings.mqtt'))),
      named('edit', t('settings.frigate'), () => editSection('delivery.frigate', FRIGATE, settings.delivery.frigate, t('settings.frigate')))),
    section('backup',
      el('p', {}, settings.backup.at ? t('settings.backup.at', settings.backup) : t('settings.backup.none')),
      named('edit', t('settings.backup'), editBackup),
      named('edit', t('settings.consent'), () => editSection('consent', CONSENT, settings.consent, t('settings.consent')))),
    section('box',
      facts(
        ['setup.place.name', settings.gateway.place || '–', () => editSection('gateway', [['place', 'text']], settings.gateway, t('setup.place.name'))],
        ['field.time-zone', settings['time-zone'],
          () => editSection('', [['time-zone', 'choice', Intl.supportedValuesOf('timeZone')]], settings, t('field.time-zone'))]),
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
  }, t(`settings.${what}`));
}

/** Likewise, of something that has no card: it is written on the button. */
const named = (what, which, act) => {
  const button = action(what, which, act);
  button.textContent = capital(t(`settings.${what}.which`, { which }));
  return button;
};

/** As a sentence begins. */
const capital = text => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** What is set, each in a line with its button. */
const facts = (...lines) => el('div', { class: 'facts' }, ...lines.map(([key, value, act]) => el('div', { class: 'fact' },
  el('span', { class: 'quiet' }, t(key)), ' ', el('strong', {}, value), act ? action('edit', t(key), act) : null)));

/** `90d` as 90 days; what is no length of time as it is. */
function lasting(text) {
  const [, amount, unit] = /^(\d+)(s|m|h|d)$/.exec(text ?? '') ?? [];
  return amount === undefined ? String(text ?? '') : span(Number(amount) * { s: 1, m: 60, h: 3600, d: 86400 }[unit]);
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
  `${groupName(group)}: ${hours.length > 0 ? hours.map(inWords).join(', ') : t('settings.never')}`);

/** `Mon-Fri 07:00-19:00` with the days in the reader's language. */
const inWords = text => (text === 'always' ? t('week.always')
  : text.replace(/^daily\b/, t('week.daily')).replace(/\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b/g, day => weekday(DAYS.indexOf(day))).replace(/-/g, '–'));

/** With the public holidays beside the days off. */
function editAttendance(values) {
  const fields = form(ATTENDANCE, values, isHidden('attendance'));
  const input = fields.input('holidays');
  const nodes = [...fields.nodes];
  nodes.splice(-1, 0, publicHolidays({
    there: () => input.value.split(/\s*,\s*/),
    add: days => { input.value = [input.value.trim(), ...days].filter(Boolean).join(', '); },
  }));
  return asked(capital(t('settings.edit.which', { which: t('settings.attendance') })), { ...fields, nodes }, after => changes('attendance', values, after));
}

/** Asks with a form, and what is wrong is said in it. @returns what was saved */
async function asked(title, fields, changesOf) {
  let wanted = null;
  const go = await ask({
    title,
    body: fields.nodes,
    ok: t('settings.next'),
    act: async () => {
      wanted = await changesOf(fields.value());
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

function edit(list, index, descriptions, values, which) {
  const path = `${list}[${index}]`;
  return asked(t('settings.edit.which', { which }), form(descriptions, values, isHidden(path)), after => changes(path, values, after));
}

const editRetention = settings => editSection('attendance', RETENTION, settings.attendance, t('settings.keeping'));

function editSection(path, descriptions, values, which) {
  return asked(capital(t('settings.edit.which', { which })), form(descriptions, values, isHidden(path)), after => changes(path, values, after));
}

function add(list, descriptions, suggested, which) {
  return asked(capital(t('settings.add.which', { which })), form(descriptions, suggested), after => [{ op: 'append', path: list, value: nested(worth(after)) }]);
}

/** Cameras that are found, the fields, and a look through the one that is to be added. */
function addCamera(taken, doors) {
  const fields = form(cameraFields(doors), {
    id: fresh('front', taken), source: '', door: doors[0] ?? null, direction: 'in', rotation: 0, mirror: false, transport: 'tcp',
    'detect-size': 480, picture: true,
  });
  const user = el('input', { type: 'text', id: 'camera-user', autocomplete: 'off', spellcheck: 'false' });
  const password = el('input', { type: 'password', id: 'camera-password', autocomplete: 'off' });
  const result = el('div', {});
  const value = () => {
    const { source, ...rest } = fields.value();
    return { ...rest, source: withUser(source ?? '', user.value.trim(), password.value) };
  };
  const test = el('button', {
    type: 'button',
    class: 'button',
    click: async () => {
      test.disabled = true;
      const { source, transport, rotation, mirror } = value();
      await tryCamera({ source, transport, rotation, mirror }, result);
      result.scrollIntoView({ block: 'nearest' });
      test.disabled = false;
    },
  }, t('settings.try'));
  const search = cameraSearch({
    user,
    password,
    result,
    choose: address => {
      fields.input('source').value = address;
      test.click();
    },
  });
  const nodes = [...fields.nodes];
  nodes.splice(2, 0, el('details', {}, el('summary', {}, t('setup.camera.login.more')),
    field(t('setup.camera.user'), user), field(t('setup.camera.password'), password)), el('div', { class: 'actions' }, test), result);
  return asked(capital(t('settings.add.which', { which: t('settings.camera') })), { nodes: [search, ...nodes], value },
    after => [{ op: 'append', path: 'cameras', value: nested(worth(after)) }]);
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
  return asked(t('settings.edit.which', { which: door.id }), doorForm(door, path), ({ lock, ...after }) => [
    ...changes(path, door, after),
    ...(lock.type === door.lock.type ? changes(`${path}.lock`, door.lock, lock)
      : [{ op: 'replace', path: `${path}.lock`, value: filled(lock) }]),
  ]);
}

function addDoor(taken) {
  const fields = doorForm({ id: fresh('main', taken), 'require-liveness': true, 'cool-down': '10s', uncertain: 'deny', fail: 'secure' });
  return asked(capital(t('settings.add.which', { which: t('settings.door') })), fields, ({ lock, ...door }) => [{ op: 'append', path: 'doors', value: nested({ ...filled(door), lock: filled(lock) }) }]);
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
      el('p', { class: 'help', id: 'days-help' }, t('settings.days.help'))), publicHolidays({
      there: () => text.value.split('\n').map(line => line.trim().split(/\s+/)[0]),
      add: days => { text.value = [text.value.trimEnd(), ...days].filter(Boolean).join('\n'); },
    })],
    value: () => ({ holidays: Object.fromEntries(text.value.split('\n').map(line => line.trim().split(/\s+/)).filter(([day]) => day)
      .map(([day, ...hours]) => [day, hours])) }),
  }, after => changes(`doors[${index}]`, door, after));
}

/** When the daily backup is made; a new passphrase goes to the box and not into the file. */
function editBackup() {
  const backup = shown.settings.backup;
  const fields = form([['at', 'text']], backup);
  const keep = el('input', { id: 'backup-keep', type: 'number', min: '1', max: '1000' });
  keep.value = backup.keep;
  const passphrase = el('input', { id: 'backup-daily-passphrase', type: 'password', autocomplete: 'new-password', maxlength: 1000 });
  const fixed = Boolean(backup['passphrase-file']);
  return asked(capital(t('settings.edit.which', { which: t('settings.backup') })), {
    nodes: [
      ...fields.nodes,
      field(t('field.backup.keep'), keep),
      ...fixed ? [] : [field(t('settings.backup.passphrase'), passphrase),
        el('p', { class: 'help' }, t('settings.backup.passphrase.help'), ' ', shown.passphrase ? t('settings.backup.passphrase.set') : '')],
    ],
    value: () => ({ at: clockTime(fields.value().at ?? '') ?? fields.value().at, keep: keep.value === '' ? null : Number(keep.value) }),
  }, async after => {
    if (passphrase.value || (after.at && !fixed && !shown.passphrase)) {
      if (passphrase.value.trim().length < SHORTEST_PASSPHRASE) {
        throw new Error(t('backup.short'));
      }
      await api.keepBackupPassphrase(passphrase.value.trim());
      shown.passphrase = true;
    }
    return changes('backup', backup, after);
  });
}

/** A key for the tablet beside a door, in an address that is shown once. */
async function makeScreen(index, door) {
  const key = [...crypto.getRandomValues(new Uint8Array(18))].map(byte => byte.toString(16).padStart(2, '0')).join('');
  const screen = { name: door.screen?.name ?? false, key };
  const saved = await ask({
    title: t('settings.screen.which', { which: door.id }),
    body: [el('p', {}, t('settings.screen.text'))],
    ok: t('settings.screen.ok'),
    act: () => api.changeSettings([{ op: 'replace', path: `doors[${index}].screen`, value: screen }], shown.revision),
  });
  if (saved) {
    const address = `${location.origin}/screen.html#${door.id}/${key}`;
    await ask({
      title: t('settings.screen.which', { which: door.id }),
      body: [el('p', {}, t('settings.screen.made')), el('p', {}, el('a', { href: address, target: '_blank', rel: 'noopener', class: 'address' }, address))],
    });
  }
  return saved;
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

import * as api from './api.js';
import { filled, fresh, withUser } from './changes.js';
import { byId, el, message, problemBox } from './dom.js';
import { field } from './dialogs.js';
import { form, modelText, weekGrid } from './fields.js';
import { forgetFeatures } from './features.js';
import { guided, ofTheBox } from './guided.js';
import { restart, saveAtOnce } from './saving.js';
import { LOCKS } from './sections.js';
import { forgetSession, session } from './session.js';
import { languageChoice, listed, t, timeIn } from './strings.js';
import { success } from './toast.js';
import { cameraSearch, tryCamera } from './trial.js';

// The first run, in five steps, each tried before it is left. Any of them can be skipped and come back to; where one was is kept
// in this browser, what was set is in the box.

const STEPS = ['place', 'admin', 'camera', 'door', 'you'];
const PLACE = 'lintel-setup-step';
const PLACED = 'lintel-setup-placed';

const MAKERS = { place, admin, camera, door, you };

let now = null;
let step = 0;
let people = 0;
let named = false;
let leaving = [];

export function start() {}

/** @param code of a new box, if the address brought it */
export async function enter(code = null) {
  leave();
  const caller = await session();
  if (caller.kind === 'nobody' && caller.setup) {
    await askForCode(code);
    return;
  }
  if (code !== null) {
    history.replaceState(null, '', '#setup');
  }
  step = Math.min(STEPS.length - 1, Number(localStorage.getItem(PLACE)) || 0);
  await show();
}

export function leave() {
  leaving.forEach(stop => stop());
  leaving = [];
}

/** From another machine: whoever has the code that the box printed may set it up. */
async function askForCode(code) {
  const input = el('input', {
    type: 'text', id: 'setup-code', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: '40', placeholder: 'K7QM-3XPA',
  });
  input.value = code ?? '';
  const problem = el('p', { class: 'error', role: 'alert', hidden: true });
  const enterCode = async event => {
    event?.preventDefault();
    message(problem, '');
    try {
      await api.enterSetup(input.value);
      forgetSession();
      forgetFeatures();
      dispatchEvent(new Event('lintel-settings'));
      history.replaceState(null, '', '#setup');
      await enter();
    } catch (error) {
      message(problem, error.status === 401 ? t('setup.code.wrong') : error.message);
      input.focus();
    }
  };
  byId('setup-body').replaceChildren(el('form', { novalidate: true, class: 'panel', submit: enterCode },
    el('h2', { tabindex: '-1', id: 'setup-step' }, t('setup.code.title')),
    el('p', {}, t('setup.code.text')),
    el('div', { class: 'field' }, el('label', { for: 'setup-code' }, t('setup.code.label')), input),
    problem,
    el('div', { class: 'actions' }, el('button', { type: 'submit', class: 'button primary', id: 'setup-enter' }, t('setup.code.ok')))));
  if (input.value) {
    await enterCode();
  }
}

/** To be run when the step is left. */
const onLeave = stop => leaving.push(stop);

async function show(focus = false) {
  leave();
  localStorage.setItem(PLACE, step);
  try {
    now = await api.settings();
    named = (await session()).kind === 'account';
    people = await api.list(null, 1).then(page => page.total, () => 0);
  } catch (error) {
    byId('setup-body').replaceChildren(problemBox(error));
    return;
  }
  const name = STEPS[step];
  if (name === 'you' && now.pending.length > 0 && named) {
    // Hours are those of the time zone that was chosen, and the face is learnt by the network that was: from here on they count.
    byId('setup-body').replaceChildren(progress(), el('p', { class: 'notice', role: 'status' }, t('settings.restarting')));
    await restart();
    now = await api.settings();
  }
  const title = el('h2', { tabindex: '-1', id: 'setup-step' }, t(`setup.${name}.title`));
  const problem = el('p', { class: 'error', role: 'alert', hidden: true });
  const made = await MAKERS[name]();
  const next = el('button', { type: 'submit', class: 'button primary', id: 'setup-next' }, t(step === STEPS.length - 1 ? 'setup.finish' : 'setup.next'));
  const page = el('form', {
    novalidate: true,
    submit: async event => {
      event.preventDefault();
      next.disabled = true;
      message(problem, '');
      try {
        if (await made.save() !== false) {
          await go(1);
        }
      } catch (error) {
        message(problem, error.message);
      } finally {
        next.disabled = false;
      }
    },
  },
  title,
  el('p', {}, t(`setup.${name}.text`)),
  ...made.nodes,
  problem,
  el('div', { class: 'actions' },
    next,
    el('button', { type: 'button', class: 'button', id: 'setup-skip', click: () => go(1) }, t('setup.skip')),
    step > 0 ? el('button', { type: 'button', class: 'button', click: () => go(-1) }, t('setup.back')) : null));
  byId('setup-body').replaceChildren(progress(), page);
  if (focus) {
    title.focus();
    scrollTo(0, 0);
  }
}

function progress() {
  return el('ol', { class: 'steps', 'aria-label': t('setup.steps') }, ...STEPS.map((name, index) =>
    el('li', { class: there(name) ? 'done' : '', 'aria-current': index === step ? 'step' : null },
      el('button', {
        type: 'button',
        class: 'link',
        click: () => {
          step = index;
          show(true);
        },
      }, `${index + 1} ${t(`setup.${name}`)}`))));
}

/** Whether the box has already what a step asks for, as far as it can be seen. */
function there(name) {
  return (name === 'camera' && now.settings.cameras.length > 0) || (name === 'door' && now.settings.doors.length > 0)
    || (name === 'admin' && (named || now.settings.gateway.keys.length > 0)) || (name === 'you' && people > 0)
    || (name === 'place' && (now.settings.gateway.place !== '' || localStorage.getItem(PLACED) !== null));
}

async function go(by) {
  if (step + by >= STEPS.length) {
    await finish();
    return;
  }
  step += by;
  await show(true);
}

/** What waits for a restart gets one, and the page begins where everybody else does. */
async function finish() {
  localStorage.removeItem(PLACE);
  localStorage.removeItem(PLACED);
  if (now.pending.length > 0) {
    byId('setup-body').replaceChildren(el('p', { role: 'status' }, t('settings.restarting')));
    await restart();
  }
  location.hash = '#live';
  location.reload();
}

/** Name, language and zone, and the model. */
async function place() {
  const name = el('input', { type: 'text', id: 'setup-place', maxlength: '60', autocomplete: 'off', placeholder: t('setup.place.example') });
  name.value = now.settings.gateway.place;
  const language = el('select', { id: 'setup-language' });
  languageChoice(language);
  const zone = now.settings['time-zone'];
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = Intl.supportedValuesOf('timeZone');
  const all = [...new Set([here, zone, ...zones])];
  const fields = form([['time-zone', 'choice', all]], { 'time-zone': /^(Etc\/)?(UTC|GMT)$/.test(zone) ? here : zone });
  const select = fields.nodes[0].querySelector('select');
  const clock = el('p', { class: 'verdict good', id: 'setup-clock' });
  const tick = () => { clock.textContent = t('setup.place.clock', { time: timeIn(select.value) }); };
  tick();
  const timer = setInterval(tick, 1000);
  onLeave(() => clearInterval(timer));
  select.addEventListener('change', tick);
  const models = now.models.map(model => {
    const input = el('input', { type: 'radio', name: 'setup-model', value: model.folder });
    input.checked = model.folder === now.settings.embedding.model;
    return { input, node: el('label', { class: 'check' }, input, ' ', el('span', {}, modelText(model))) };
  });
  return {
    nodes: [
      field(t('setup.place.name'), name),
      field(t('setup.place.language'), language),
      ...fields.nodes,
      clock,
      models.length > 0 ? el('fieldset', {}, el('legend', {}, t('settings.models')), ...models.map(model => model.node),
        el('p', { class: 'help' }, t('settings.models.help'))) : null,
    ].filter(Boolean),
    save: async () => {
      const wanted = [];
      if (name.value.trim() !== now.settings.gateway.place) {
        wanted.push({ op: 'set', path: 'gateway.place', value: name.value.trim() });
      }
      if (select.value !== zone) {
        wanted.push({ op: 'set', path: 'time-zone', value: select.value });
      }
      const model = models.find(one => one.input.checked)?.input.value;
      if (model && model !== now.settings.embedding.model) {
        wanted.push({ op: 'set', path: 'embedding.model', value: model });
      }
      await saveAtOnce(wanted, now.revision);
      localStorage.setItem(PLACED, 'yes');
      changed();
    },
  };
}

/** The first account; with it this browser is logged in at once. */
async function admin() {
  const caller = await session();
  if (caller.kind === 'account') {
    return { nodes: [el('p', { class: 'notice' }, t('setup.admin.done', { name: caller.name }))], save: async () => {} };
  }
  const name = el('input', { id: 'setup-name', type: 'text', autocomplete: 'username', maxlength: 40, spellcheck: 'false' });
  const password = el('input', { id: 'setup-password', type: 'password', autocomplete: 'new-password', maxlength: 200 });
  return {
    nodes: [
      el('p', { class: 'notice' }, t('setup.admin.key')),
      field(t('login.name'), name),
      field(t('login.password'), password),
      el('p', { class: 'help' }, t('accounts.password.help')),
    ],
    save: async () => {
      await api.addAccount(name.value.trim(), password.value, ['admin']);
      await api.logIn(name.value.trim(), password.value);
      changed();
    },
  };
}

async function camera() {
  const taken = now.settings.cameras;
  const user = el('input', { type: 'text', id: 'setup-user', autocomplete: 'off', spellcheck: 'false' });
  const password = el('input', { type: 'password', id: 'setup-password', autocomplete: 'off' });
  const source = el('input', { type: 'text', id: 'setup-source', autocomplete: 'off', spellcheck: 'false', placeholder: 'rtsp://…' });
  const login = el('div', {},
    el('div', { class: 'field' }, el('label', { for: 'setup-user' }, t('setup.camera.user')), user),
    el('div', { class: 'field' }, el('label', { for: 'setup-password' }, t('setup.camera.password')), password));
  const looks = form([['rotation', 'choice', [0, 90, 180, 270]], ['mirror', 'flag']], { rotation: 0, mirror: false });
  const result = el('div', { id: 'setup-trial' });
  const wanted = () => ({ source: withUser(source.value.trim(), user.value.trim(), password.value), transport: 'tcp', ...looks.value() });
  const test = el('button', {
    type: 'button',
    class: 'button',
    id: 'setup-test',
    click: async () => {
      test.disabled = true;
      await tryCamera(wanted(), result);
      test.disabled = false;
    },
  }, t('setup.camera.test'));
  const search = cameraSearch({
    user,
    password,
    result,
    choose: address => {
      source.value = address;
      test.click();
    },
  });
  return {
    nodes: [
      taken.length > 0 ? el('p', { class: 'verdict good' }, t('setup.camera.there', { names: listed(taken.map(one => one.id)) })) : null,
      el('div', { class: 'two' },
        el('div', {},
          search,
          el('div', { class: 'field' }, el('label', { for: 'setup-source' }, t('setup.camera.address')), source,
            el('p', { class: 'help' }, t('setup.camera.address.help'))),
          el('details', {}, el('summary', {}, t('setup.camera.more')), login, ...looks.nodes),
          el('div', { class: 'actions' }, test)),
        result),
    ].filter(Boolean),
    save: async () => {
      if (source.value.trim() === '') {
        if (taken.length > 0) {
          return;
        }
        throw new Error(t('setup.camera.missing'));
      }
      const doors = now.settings.doors.map(one => one.id);
      await saveAtOnce([{
        op: 'append',
        path: 'cameras',
        value: filled({ id: fresh('front', taken.map(one => one.id)), ...wanted(), door: doors[0] ?? null, direction: 'in' }),
      }], now.revision);
      changed();
    },
  };
}

async function door() {
  let there = now.settings.doors[0] ?? null;
  const kinds = form([['lock', 'choice', Object.keys(LOCKS)]], { lock: there?.lock.type ?? 'none' });
  const select = kinds.nodes[0].querySelector('select');
  const place = el('div', {});
  let lock = null;
  const fill = () => {
    const same = there?.lock.type === select.value;
    const values = same ? there.lock : SUGGESTED[select.value] ?? {};
    const [first, more] = [true, false].map(wanted =>
      form(LOCKS[select.value].filter(([key]) => FIRST_OF_LOCK.includes(key) === wanted), values));
    lock = { value: () => ({ ...first.value(), ...more.value() }) };
    place.replaceChildren(...first.nodes,
      ...(more.nodes.length > 0 ? [el('details', {}, el('summary', {}, t('setup.camera.more')), ...more.nodes)] : []));
  };
  select.addEventListener('change', fill);
  fill();
  const grid = weekGrid(there?.schedules.everybody ?? ['Mon-Fri 07:00-19:00'], t('setup.door.hours'));
  const heard = el('div', { id: 'setup-heard' });
  const store = async () => {
    const schedules = { ...there?.schedules, everybody: grid.value() };
    const kept = there !== null && select.value === there.lock.type;
    const wanted = there === null
      ? [{ op: 'append', path: 'doors', value: { id: 'main', lock: { type: select.value, ...filled(lock.value()) }, schedules } },
        ...now.settings.cameras.map((one, i) => ({ op: 'set', path: `cameras[${i}].door`, value: 'main' }))]
      : [...kept ? changesOfLock(there.lock, lock.value()) : [{ op: 'replace', path: 'doors[0].lock', value: { type: select.value, ...filled(lock.value()) } }],
        { op: 'replace', path: 'doors[0].schedules', value: schedules }];
    await saveAtOnce(wanted, now.revision);
    now = await api.settings();
    there = now.settings.doors[0];
    changed();
  };
  const click = el('button', {
    type: 'button',
    class: 'button',
    id: 'setup-click',
    click: async () => {
      click.disabled = true;
      try {
        await store();
        const id = now.settings.doors[0].id;
        await api.unlock(id);
        heard.replaceChildren(
          el('p', { role: 'status' }, t('setup.door.heard')),
          el('div', { class: 'actions' },
            el('button', { type: 'button', class: 'button', click: () => heard.replaceChildren(el('p', { class: 'verdict good', role: 'status' }, `✓ ${t('setup.door.good')}`)) }, t('yes')),
            el('button', { type: 'button', class: 'button', click: () => heard.replaceChildren(el('p', { class: 'verdict warn', role: 'status' }, t(`setup.door.help.${select.value}`))) }, t('no'))));
      } catch (error) {
        heard.replaceChildren(el('p', { class: 'error', role: 'alert' }, error.message));
      }
      click.disabled = false;
    },
  }, t('setup.door.click'));
  return {
    nodes: [el('div', { class: 'two' },
      el('div', {}, ...kinds.nodes, place, el('div', { class: 'actions' }, click), heard),
      grid.node)],
    save: store,
  };
}

/** What of a lock everybody has to say; the rest fits most. */
const FIRST_OF_LOCK = ['line', 'released-when', 'url', 'topic'];

const SUGGESTED = {
  gpio: { chip: 'gpiochip0', line: 17, 'released-when': 'high', pulse: '5s', hold: true },
  http: { url: 'http://RELAY/relay/0?turn=on&timer={pulse}', method: 'POST', pulse: '5s', hold: true },
  mqtt: { topic: 'doors/main/set', 'unlock-payload': 'UNLOCK', 'lock-payload': 'LOCK', pulse: '5s', hold: true },
};

function changesOfLock(before, after) {
  return Object.entries(after)
    .filter(([key, value]) => value !== null && JSON.stringify(value) !== JSON.stringify(before[key] ?? null))
    .map(([key, value]) => ({ op: 'set', path: `doors[0].lock.${key}`, value }));
}

async function you() {
  if (now.settings.cameras.length === 0) {
    return { nodes: [el('p', { class: 'notice' }, t('setup.you.nocamera'))], save: async () => {} };
  }
  const { node, stop } = guided(ofTheBox(now.settings.cameras[0].id));
  onLeave(stop);
  return { nodes: [node], save: async () => {} };
}

/** The menu shows what there is now. */
function changed() {
  forgetFeatures();
  forgetSession();
  dispatchEvent(new Event('lintel-settings'));
  success(t('settings.saved'));
}

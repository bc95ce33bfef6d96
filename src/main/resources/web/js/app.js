import * as api from './api.js';
import { askToLogIn } from './dialogs.js';
import { byId } from './dom.js';
import { features, forgetFeatures } from './features.js';
import * as live from './live.js';
import * as log from './log.js';
import * as people from './people.js';
import * as person from './personpage.js';
import { forgetSession, mayUse, session } from './session.js';
import * as status from './status.js';
import { fillDocument, languageChoice, t } from './strings.js';

// Puts the views together. The part of the address after # says which one is shown.

/** A view that is not shown at first: it is fetched when it is first opened. */
function fetched(load) {
  let loading = null;
  let left = false;
  return {
    start() {},
    async enter(what) {
      left = false;
      loading ??= load().then(view => { view.start(); return view; }, error => { loading = null; throw error; });
      const view = await loading;
      if (!left) {
        await view.enter?.(what);
      }
    },
    leave() {
      left = true;
      loading?.then(view => view.leave?.(), () => {});
    },
  };
}

const accounts = fetched(() => import('./accounts.js'));
const attendance = fetched(() => import('./attendance.js'));
const audit = fetched(() => import('./audit.js'));
const backup = fetched(() => import('./backup.js'));
const devices = fetched(() => import('./devices.js'));
const enrol = fetched(() => import('./enrol.js'));
const identify = fetched(() => import('./identify.js'));
const settings = fetched(() => import('./settings.js'));
const setup = fetched(() => import('./setup.js'));
const system = fetched(() => import('./system.js'));
const visitors = fetched(() => import('./visitors.js'));

const VIEWS = { live, log, attendance, visitors, devices, identify, enrol, people, person, settings, setup, accounts, audit, backup, system };
/** What makes no sense without a camera or a door is left out of the menu; its address works all the same. */
const OF_THE_DOOR = ['live', 'log', 'attendance', 'visitors'];

/** What a phone shows at the foot, as far as it is there; the rest is behind one more button. */
const FIRST_OF_ALL = ['live', 'people', 'attendance', 'identify', 'enrol', 'devices'];
const AT_THE_FOOT = 3;

let shown = null;
let first = 'identify';

function route(event) {
  const [wanted, what = null] = location.hash.slice(1).split('=');
  const name = wanted in VIEWS ? wanted : first;
  openMenu(false);
  if (name === shown && what === null) {
    return;
  }
  VIEWS[shown]?.leave?.();
  shown = name;
  document.body.dataset.view = name;
  for (const view of Object.keys(VIEWS)) {
    byId(`view-${view}`).hidden = view !== name;
  }
  document.querySelectorAll('nav a').forEach(link => {
    if (link.dataset.view === (name === 'person' ? 'people' : name)) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  });
  VIEWS[name].enter?.(what === null ? null : decodeURIComponent(what));
  titled();
  if (event) {
    byId(`${name}-title`).focus();
    scrollTo(0, 0);
  }
}

/** The rest of the menu, on a phone. */
function openMenu(open) {
  document.querySelector('nav').classList.toggle('open', open);
  byId('nav-more').setAttribute('aria-expanded', String(open));
}

/** Shows the menu as it fits the box and who uses it, and begins with the live picture where there is one. */
async function fit() {
  const caller = await session();
  // A new box tells nothing to whoever has not its code.
  const { cameras, doors, settings: configurable } = caller.setup ? { cameras: null, doors: null, settings: null } : await features();
  const door = cameras === null || doors === null || cameras.length + doors.length > 0;
  const shownViews = Object.keys(VIEWS).filter(view => (caller.setup ? view === 'setup' : mayUse(view, caller))
    && (view !== 'settings' || configurable !== null)
    && (!OF_THE_DOOR.includes(view) || (door && !(view === 'live' && cameras?.length === 0))));
  Object.keys(VIEWS).forEach(view => {
    const link = document.querySelector(`nav a[data-view=${view}]`);
    if (link) {
      link.parentElement.hidden = !shownViews.includes(view);
    }
  });
  const atTheFoot = FIRST_OF_ALL.filter(view => shownViews.includes(view)).slice(0, AT_THE_FOOT);
  document.querySelectorAll('nav a').forEach(link => {
    link.parentElement.classList.toggle('rest', !atTheFoot.includes(link.dataset.view));
  });
  // A box with neither, whose visitor may change that, is a new one.
  const fresh = !caller.setup && configurable !== null && cameras?.length === 0 && doors?.length === 0;
  first = cameras?.length > 0 ? 'live' : fresh ? 'setup' : 'identify';
  first = shownViews.includes(first) ? first : shownViews[0];
  document.body.classList.toggle('fresh', fresh || caller.setup === true);
  byId('key-open').hidden = caller.kind === 'account' || caller.setup === true;
  byId('log-out').hidden = caller.kind !== 'account';
  byId('log-out').textContent = t('logout', { name: caller.name });
}

async function enterKey() {
  const given = await askToLogIn();
  if (given) {
    api.useKey(given === true ? null : given);
    await status.refresh();
    VIEWS[shown]?.leave?.();
    VIEWS[shown]?.enter?.();
  }
}

/** Nothing of what was shown stays in the page. */
async function logOut() {
  await api.logOut().catch(() => {});
  location.reload();
}

/** Where the box is; the box tells those it knows. */
function showPlace() {
  api.version().then(({ place }) => {
    byId('place').textContent = place ?? '';
    titled();
  }).catch(() => {});
}

/** What is shown, and where. */
function titled() {
  document.title = [shown === 'person' ? byId('person-title').textContent : t(`nav.${shown}`), byId('place').textContent, 'Lintel'].filter(Boolean).join(' · ');
}

fillDocument();
languageChoice(byId('language'));
api.onKeyNeeded(askToLogIn);
Object.values(VIEWS).forEach(view => view.start());
byId('key-open').addEventListener('click', enterKey);
byId('log-out').addEventListener('click', logOut);
byId('nav-more').addEventListener('click', () => openMenu(byId('nav-more').getAttribute('aria-expanded') !== 'true'));
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') {
    openMenu(false);
  }
});
byId('skip').addEventListener('click', event => {
  event.preventDefault();
  byId('main').focus();
});
addEventListener('hashchange', route);
for (const change of ['lintel-key', 'lintel-settings']) {
  addEventListener(change, () => {
    forgetFeatures();
    forgetSession();
    fit();
    showPlace();
  });
}
// A page that is left, or put aside by a phone, lets go of the camera.
addEventListener('pagehide', () => VIEWS[shown].leave?.());
status.start();
const fitted = fit();
showPlace();
if (!(location.hash.slice(1).split('=')[0] in VIEWS)) {
  await fitted;
}
route();

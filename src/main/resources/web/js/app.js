import * as accounts from './accounts.js';
import * as api from './api.js';
import * as attendance from './attendance.js';
import * as devices from './devices.js';
import { askToLogIn } from './dialogs.js';
import { byId } from './dom.js';
import * as enrol from './enrol.js';
import { features, forgetFeatures } from './features.js';
import * as identify from './identify.js';
import * as live from './live.js';
import * as log from './log.js';
import * as people from './people.js';
import { forgetSession, mayUse, session } from './session.js';
import * as settings from './settings.js';
import * as setup from './setup.js';
import * as status from './status.js';
import { fillDocument, languageButton, t } from './strings.js';
import * as visitors from './visitors.js';

// Puts the views together. The part of the address after # says which one is shown.

const VIEWS = { live, log, attendance, visitors, devices, identify, enrol, people, settings, setup, accounts };
/** What makes no sense without a camera or a door is left out of the menu; its address works all the same. */
const OF_THE_DOOR = ['live', 'log', 'attendance', 'visitors'];

let shown = null;
let first = 'identify';

function route(event) {
  const wanted = location.hash.slice(1);
  const name = wanted in VIEWS ? wanted : first;
  if (name === shown) {
    return;
  }
  VIEWS[shown]?.leave?.();
  shown = name;
  for (const view of Object.keys(VIEWS)) {
    byId(`view-${view}`).hidden = view !== name;
  }
  document.querySelectorAll('nav a').forEach(link => {
    if (link.dataset.view === name) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  });
  document.title = `${t(`nav.${name}`)} · Lintel`;
  VIEWS[name].enter?.();
  if (event) {
    byId(`${name}-title`).focus();
    scrollTo(0, 0);
  }
}

/** Shows the menu as it fits the box and who uses it, and begins with the live picture where there is one. */
async function fit() {
  const [{ cameras, doors, settings: configurable }, caller] = await Promise.all([features(), session()]);
  const door = cameras === null || doors === null || cameras.length + doors.length > 0;
  const shownViews = Object.keys(VIEWS).filter(view => mayUse(view, caller)
    && (view !== 'settings' || configurable !== null)
    && (!OF_THE_DOOR.includes(view) || (door && !(view === 'live' && cameras?.length === 0))));
  Object.keys(VIEWS).forEach(view => {
    const link = document.querySelector(`nav a[data-view=${view}]`);
    if (link) {
      link.parentElement.hidden = !shownViews.includes(view);
    }
  });
  // A box with neither, whose visitor may change that, is a new one.
  const fresh = configurable !== null && cameras?.length === 0 && doors?.length === 0;
  first = cameras?.length > 0 ? 'live' : fresh ? 'setup' : 'identify';
  first = shownViews.includes(first) ? first : shownViews[0];
  byId('key-open').hidden = caller.kind === 'account';
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

fillDocument();
languageButton(byId('language'));
api.onKeyNeeded(askToLogIn);
Object.values(VIEWS).forEach(view => view.start());
byId('key-open').addEventListener('click', enterKey);
byId('log-out').addEventListener('click', logOut);
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
  });
}
// A page that is left, or put aside by a phone, lets go of the camera.
addEventListener('pagehide', () => VIEWS[shown].leave?.());
status.start();
const fitted = fit();
if (!(location.hash.slice(1) in VIEWS)) {
  await fitted;
}
route();

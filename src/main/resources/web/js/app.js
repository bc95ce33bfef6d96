import * as api from './api.js';
import { askForKey } from './dialogs.js';
import { byId } from './dom.js';
import * as enrol from './enrol.js';
import * as identify from './identify.js';
import * as people from './people.js';
import * as status from './status.js';
import { fillDocument, t } from './strings.js';

// Puts the views together. The part of the address after # says which one is shown.

const VIEWS = { identify, enrol, people };
let shown = null;

function route(event) {
  const wanted = location.hash.slice(1);
  const name = wanted in VIEWS ? wanted : 'identify';
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

async function enterKey() {
  const key = await askForKey();
  if (key) {
    api.useKey(key);
    await status.refresh();
    VIEWS[shown].enter?.();
  }
}

fillDocument();
api.onKeyNeeded(askForKey);
Object.values(VIEWS).forEach(view => view.start());
byId('key-open').addEventListener('click', enterKey);
byId('skip').addEventListener('click', event => {
  event.preventDefault();
  byId('main').focus();
});
addEventListener('hashchange', route);
// A page that is left, or put aside by a phone, lets go of the camera.
addEventListener('pagehide', () => VIEWS[shown].leave?.());
route();
status.start();

import * as api from './api.js';

// Who uses the page, and which views are theirs.

/** Of each view, the operation without which it makes no sense. */
const NEEDS = {
  live: 'listCameras',
  log: 'events',
  attendance: 'attendanceDay',
  visitors: 'listVisitors',
  devices: 'listDoors',
  identify: 'identify',
  enrol: 'enroll',
  people: 'list',
  person: 'getPerson',
  accounts: 'listAccounts',
  audit: 'audit',
  backup: 'listBackups',
  settings: 'readSettings',
  setup: 'changeSettings',
  system: 'metrics',
};

const NOBODY = { kind: 'nobody', name: '', roles: [], operations: [] };

let asked = null;

/** The Caller; `nobody` where the box does not say. */
export function session() {
  asked ??= api.session().catch(() => NOBODY);
  return asked;
}

export function forgetSession() {
  asked = null;
}

/** Whether a view is for this caller. Whoever has not logged in yet sees the whole menu, and is asked when it matters. */
export function mayUse(view, caller) {
  return (caller.kind === 'nobody' && !['accounts', 'audit', 'backup', 'settings', 'system'].includes(view)) || !(view in NEEDS) || caller.operations.includes(NEEDS[view]);
}

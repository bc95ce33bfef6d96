import { call } from './http.js';

// The HTTP interface of the box, one function for each operation that the page uses. See /openapi.json.

const FILE = { headers: { Accept: '*/*' }, read: response => response.blob() };

export { onKeyNeeded, useKey } from './http.js';

/** @returns Caller: who uses the page, and what they may do */
export function session() {
  return call('/session', { quietly: true });
}

/** @returns Caller */
export function logIn(name, password) {
  return call('/session', { ...json('POST', { name, password }), quietly: true });
}

export function logOut() {
  return call('/session', { method: 'DELETE', quietly: true });
}

export function changePassword(password, fresh) {
  return call('/session/password', { ...json('PUT', { password, new_password: fresh }), quietly: true });
}

export async function accounts() {
  return (await call('/accounts')).accounts;
}

export function addAccount(name, password, roles) {
  return call('/accounts', json('POST', { name, password, roles }));
}

/** @param changes `{password, roles, expires_at}`, any of them */
export function changeAccount(name, changes) {
  return call(`/accounts/${encodeURIComponent(name)}`, json('PATCH', changes));
}

export function removeAccount(name) {
  return call(`/accounts/${encodeURIComponent(name)}`, { method: 'DELETE' });
}

export async function keys() {
  return (await call('/keys')).keys;
}

/** @returns Key with its `secret` */
export function addKey(name, role) {
  return call('/keys', json('POST', { name, role }));
}

export function removeKey(name) {
  return call(`/keys/${encodeURIComponent(name)}`, { method: 'DELETE' });
}

/**
 * @param pictures `{blob, name}`
 * @param accept codes of refusals that shall not stop it: several_faces, low_quality, already_enrolled, unlike_others
 * @returns EnrolAnswer
 */
export function enrol(label, pictures, accept = []) {
  const query = new URLSearchParams({ label });
  if (accept.includes('several_faces')) {
    query.set('face', 'largest');
  }
  if (accept.includes('low_quality')) {
    query.set('quality', 'accept');
  }
  if (accept.includes('already_enrolled')) {
    query.set('duplicate', 'allow');
  }
  if (accept.includes('unlike_others')) {
    query.set('mixed', 'allow');
  }
  return call(`/enroll?${query}`, { method: 'POST', body: form(pictures) });
}

/** @returns IdentifyAnswer */
export function identify(picture, { all = true, signal } = {}) {
  const query = new URLSearchParams({ faces: all ? 'all' : 'largest' });
  return call(`/identify?${query}`, { method: 'POST', body: form([picture]), signal });
}

/** @param after the `next` of the page before, or null; @returns PeoplePage */
export function list(after, limit) {
  const query = new URLSearchParams({ limit });
  if (after !== null) {
    query.set('after', after);
  }
  return call(`/list?${query}`);
}

/** People of whom a text is a part of what is known. @param after the `next` of the page before, or null; @returns PeoplePage */
export function find(text, after, limit) {
  const query = new URLSearchParams({ text, limit });
  if (after !== null) {
    query.set('after', after);
  }
  return call(`/people?${query}`);
}

/** @returns Person */
export function person(label) {
  return call(`/people/${encodeURIComponent(label)}`);
}

/** @param mixed whether two who look different are merged all the same
 * @returns Person under the new label */
export function rename(label, to, merge, mixed = false) {
  const query = new URLSearchParams({ merge, mixed: mixed ? 'allow' : 'refuse' });
  return call(`/people/${encodeURIComponent(label)}?${query}`, json('PATCH', { label: to }));
}

/** @param attendance what becomes of it: keep, delete or anonymise
 * @returns Deletion */
export function forget(label, attendance) {
  return call(`/delete?${new URLSearchParams({ label, attendance })}`, { method: 'DELETE' });
}

/** @returns Deletion */
export function forgetTemplate(label, id) {
  return call(`/people/${encodeURIComponent(label)}/templates/${id}`, { method: 'DELETE' });
}

/** @param change `{set_aside}` or `{label}` of who is to get it; @returns the Person who has it then */
export function changeTemplate(label, id, change) {
  return call(`/people/${encodeURIComponent(label)}/templates/${id}`, json('PATCH', change));
}

/** @returns a blob: the picture that a template was made of */
export function templatePicture(label, id, signal) {
  return call(`/people/${encodeURIComponent(label)}/templates/${id}/picture.png`, { ...FILE, signal });
}

/** @returns Consent, or null if none is on record */
export async function consent(label) {
  try {
    return await call(`/people/${encodeURIComponent(label)}/consent`);
  } catch (error) {
    if (error.code === 'unknown_consent') {
      return null;
    }
    throw error;
  }
}

/** @param consent `{purposes, given_by, evidence, until}`; @returns Consent */
export function giveConsent(label, consent) {
  return call(`/people/${encodeURIComponent(label)}/consent`, json('PUT', consent));
}

/** @param what `{faces, how, attendance}`; @returns a Deletion, or `{set_aside, consent}` */
export function withdrawConsent(label, what) {
  return call(`/people/${encodeURIComponent(label)}/consent?${new URLSearchParams(what)}`, { method: 'DELETE' });
}

/** @returns `{label, forgiven}` */
export function forgivePassback(label) {
  return call(`/people/${encodeURIComponent(label)}/passback`, { method: 'DELETE' });
}

/** @returns Readiness, also when the box says that it is not */
export function readiness() {
  return call('/ready', { quietly: true, alsoGood: 503 });
}

/** @returns the metrics as text */
export function metrics() {
  return call('/metrics', { quietly: true, read: response => response.text() });
}

/** @returns Version */
export function version() {
  return call('/version', { quietly: true });
}

/** @returns the configured cameras and how they are */
export async function cameras({ quietly = false } = {}) {
  return (await call('/cameras', { quietly })).cameras;
}

/**
 * Answered once there is a picture newer than the one the asker has.
 *
 * @param after sequence of that one, or 0
 * @returns `{blob, sequence}`, a JPEG
 */
export function picture(camera, after, signal) {
  return call(`/cameras/${encodeURIComponent(camera)}/picture.jpg?after=${after}`, {
    quietly: true,
    read: async response => ({ blob: await response.blob(), sequence: response.headers.get('X-Picture-Sequence') ?? 0 }),
    signal,
  });
}

/** @returns the configured doors and how they are */
export async function doors({ quietly = false } = {}) {
  return (await call('/doors', { quietly })).doors;
}

export function unlock(door) {
  return call(`/doors/${encodeURIComponent(door)}/unlock`, { method: 'POST' });
}

/** A visit was of whom the box took it for. @returns whether that gave the coming embedder a view */
export async function confirmVisit(visit) {
  return (await call(`/visits/${encodeURIComponent(visit)}/confirm`, { method: 'POST' })).learnt;
}

/** @param until an instant, or null for until somebody changes it */
export function setDoorMode(door, mode, until) {
  return call(`/doors/${encodeURIComponent(door)}/mode`, json('PUT', until === null ? { mode } : { mode, until }));
}

/**
 * The log, newest first.
 *
 * @param filter `{kind, verdict, label, door, camera, from, to, before, limit}`; what is empty is left out
 */
export function events(filter) {
  return call(`/events?${new URLSearchParams(Object.entries(filter).filter(([, value]) => value))}`);
}

/** Who did what to the box. */
export function audit(filter) {
  return call(`/audit?${new URLSearchParams(Object.entries(filter).filter(([, value]) => value))}`);
}

/** @returns a blob: the newest thousand as CSV */
export function auditFile(filter) {
  return call(`/audit?${new URLSearchParams(Object.entries({ ...filter, limit: 1000, format: 'csv' }).filter(([, value]) => value))}`, FILE);
}

/** @param date such as 2026-11-25 */
export function attendanceDay(date) {
  return call(`/attendance/day?${new URLSearchParams({ date })}`);
}

/** @param month such as 2026-11 */
export function attendanceMonth(month) {
  return call(`/attendance/month?${new URLSearchParams({ month })}`);
}

/** @param format json, csv or xlsx; @returns a blob */
export function attendanceDayFile(date, format) {
  return call(`/attendance/day?${new URLSearchParams({ date, format })}`, FILE);
}

/** @returns a blob */
export function attendanceMonthFile(month, format) {
  return call(`/attendance/month?${new URLSearchParams({ month, format })}`, FILE);
}

/** @param ignored those that are ignored, instead of the others */
export function visitors(ignored) {
  return call(`/visitors?ignored=${ignored}`);
}

/** @param accept codes of refusals that shall not stop it: already_enrolled, unlike_others, spoof_suspected */
export function assignVisitors(id, label, accept = []) {
  const query = new URLSearchParams();
  if (accept.includes('already_enrolled')) {
    query.set('duplicate', 'allow');
  }
  if (accept.includes('unlike_others')) {
    query.set('mixed', 'allow');
  }
  if (accept.includes('spoof_suspected')) {
    query.set('liveness', 'any');
  }
  return call(`/visitors/${id}/assign?${query}`, json('POST', { label }));
}

export function ignoreVisitors(id) {
  return call(`/visitors/${id}/ignore`, { method: 'POST' });
}

export function forgetVisitors(id) {
  return call(`/visitors/${id}`, { method: 'DELETE' });
}

/**
 * What happens from now on; the response's body does not end.
 *
 * @param after id of the last event that was heard of, or an empty text
 * @param live whether to hear who is before the cameras, too
 */
export function stream(after, live, signal) {
  return call(`/stream/events?live=${live}`, {
    quietly: true,
    headers: { Accept: 'text/event-stream', ...(after ? { 'Last-Event-ID': after } : {}) },
    read: response => response,
    signal,
  });
}

/** @returns Settings: `{revision, settings, hidden, fixed, pending, models}` */
export function settings({ quietly = false } = {}) {
  return call('/settings', { quietly });
}

/** @param changes `{op, path, value}`; @returns what they would do */
export function checkSettings(changes, revision) {
  return call('/settings/check', json('POST', { changes, revision }));
}

/** @returns what was done */
export function changeSettings(changes, revision) {
  return call('/settings', json('PATCH', { changes, revision }));
}

export async function settingsVersions() {
  return (await call('/settings/versions')).versions;
}

/** @returns what going back would do */
export function settingsVersion(id) {
  return call(`/settings/versions/${id}`);
}

/** @returns what was done */
export function restoreSettings(id) {
  return call(`/settings/versions/${id}`, { method: 'POST' });
}

/** @param change what is to be said: external_id, note, fields; what is left out stays */
export function describe(label, change) {
  return call(`/people/${encodeURIComponent(label)}/details`, json('PATCH', change));
}

/** Deactivates a person, or activates one again. */
export function setActive(label, active) {
  return call(`/people/${encodeURIComponent(label)}/active`, json('PUT', { active }));
}

/** @returns `{groups, valid_from, valid_until, pin_set}` */
export function access(label) {
  return call(`/people/${encodeURIComponent(label)}/access`);
}

/** @param rights like those, with `pin` to give a new one */
export function setAccess(label, rights) {
  return call(`/people/${encodeURIComponent(label)}/access`, json('PUT', rights));
}

export function clearPin(label) {
  return call(`/people/${encodeURIComponent(label)}/access/pin`, { method: 'DELETE' });
}

/** @param correction `{kind, target, label, at, direction, reason}` */
export function correct(correction) {
  return call('/attendance/corrections', json('POST', correction));
}

/** @returns where backups are, how they are made, and which there are, the newest first */
export function backups() {
  return call('/backups');
}

/** @returns codes of the countries whose public holidays are known */
export async function holidayCountries() {
  return (await call('/holidays')).countries;
}

/** @returns `{regions, days}` of a country; the days of the region, if one is given */
export function holidays(country, region, year) {
  const query = new URLSearchParams({ year, language: document.documentElement.lang, ...(region ? { region } : {}) });
  return call(`/holidays/${country}?${query}`);
}

/** The passphrase of those that the box makes by itself. */
export function keepBackupPassphrase(passphrase) {
  return call('/backups/passphrase', json('PUT', { passphrase }));
}

/** @param passphrase empty for the one that the box has; @returns what was made */
export function makeBackup(passphrase) {
  return call('/backups', json('POST', passphrase ? { passphrase } : {}));
}

/** @returns a blob */
export function backupFile(name) {
  return call(`/backups/${encodeURIComponent(name)}`, FILE);
}

export function removeBackup(name) {
  return call(`/backups/${encodeURIComponent(name)}`, { method: 'DELETE' });
}

export function restart() {
  return call('/restart', { method: 'POST' });
}

/** @returns whether the box answers */
export async function alive() {
  try {
    return (await call('/health', { quietly: true })).status === 'ok';
  } catch {
    return false;
  }
}

/** From another machine, with the code that a new box printed. @returns Caller */
export function enterSetup(code) {
  return call('/setup/session', { ...json('POST', { code }), quietly: true });
}

/** @returns `{kind, source, name}` of each camera that is there */
export async function findCameras() {
  return (await call('/setup/cameras', { method: 'POST' })).cameras;
}

/** @returns `{name, width, height, address}` of each stream of a camera in the network */
export async function cameraStreams(address, user, password) {
  return (await call('/setup/cameras/streams', json('POST', { address, user, password }))).streams;
}

/** @param camera `{source, transport, rotation, mirror}`; @returns what it shows */
export function tryCamera(camera) {
  return call('/setup/cameras/try', json('POST', camera));
}

/** @returns DetectAnswer */
export function detect(blob) {
  return call('/detect', { method: 'POST', quietly: true, body: form([{ blob, name: 'look.jpg' }]) });
}

function form(pictures) {
  const body = new FormData();
  pictures.forEach(picture => body.append('file', picture.blob, picture.name));
  return body;
}

function json(method, value) {
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

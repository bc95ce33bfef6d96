import { t } from './strings.js';

// The HTTP interface of the box, one function for each operation that the page uses. See /openapi.json.

const KEY = 'lintel-api-key';

/** An answer that is no success: `message` is the problem's own `detail`, `code` its machine-readable reason. */
export class Problem extends Error {
  constructor(body, status, retryAfter = 0) {
    super(body.detail || body.title || t('error.http', { status }));
    this.code = body.code ?? 'unknown';
    this.status = status;
    this.faces = body.faces ?? [];
    this.results = body.results ?? [];
    /** Seconds after which trying again makes sense. */
    this.retryAfter = retryAfter;
  }
}

let askForKey = async () => undefined;
let asking = null;

/** Who is to be asked for a key when the box wants one: `async why => key or undefined`. */
export function onKeyNeeded(ask) {
  askForKey = ask;
}

export function useKey(key) {
  sessionStorage.setItem(KEY, key);
}

const currentKey = () => sessionStorage.getItem(KEY);

/**
 * @param pictures `{blob, name}`
 * @param accept codes of refusals that shall not stop it: several_faces, low_quality, already_enrolled
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

/** @returns Person */
export function person(label) {
  return call(`/people/${encodeURIComponent(label)}`);
}

/** @returns Person under the new label */
export function rename(label, to, merge) {
  return call(`/people/${encodeURIComponent(label)}?merge=${merge}`, {
    method: 'PATCH',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ label: to }),
  });
}

/** @returns Deletion */
export function forget(label) {
  return call(`/delete?${new URLSearchParams({ label })}`, { method: 'DELETE' });
}

/** @returns Deletion */
export function forgetTemplate(label, id) {
  return call(`/people/${encodeURIComponent(label)}/templates/${id}`, { method: 'DELETE' });
}

/** @returns Readiness, also when the box says that it is not */
export function readiness() {
  return call('/ready', { quietly: true, alsoGood: 503 });
}

/** @returns Version */
export function version() {
  return call('/version', { quietly: true });
}

function form(pictures) {
  const body = new FormData();
  pictures.forEach(picture => body.append('file', picture.blob, picture.name));
  return body;
}

/** Sends, asks for a key where one is needed (unless quietly), and answers the JSON or throws a Problem. */
async function call(path, options) {
  const { quietly = false, alsoGood = 0, ...request } = options ?? {};
  for (;;) {
    const used = currentKey();
    const response = await send(path, request, used);
    if (response.ok || response.status === alsoGood) {
      return response.json();
    }
    const problem = await problemOf(response);
    if (response.status !== 401 || quietly) {
      throw problem;
    }
    // Another call may have got a key meanwhile: then that one is tried before the user is asked again.
    if (currentKey() === used && !(await obtainKey(used === null ? '' : problem.message))) {
      throw problem;
    }
  }
}

async function send(path, request, key) {
  const headers = { Accept: 'application/json, application/problem+json', ...request.headers };
  if (key) {
    headers['X-API-Key'] = key;
  }
  try {
    return await fetch(path, { ...request, headers, cache: 'no-store' });
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Problem({ detail: t('error.network'), code: 'network' }, 0, 2);
  }
}

async function problemOf(response) {
  const retryAfter = Number(response.headers.get('Retry-After')) || 0;
  try {
    return new Problem(await response.json(), response.status, retryAfter);
  } catch {
    return new Problem({}, response.status, retryAfter);
  }
}

/** One question at a time, however many calls wait for its answer. */
async function obtainKey(why) {
  asking ??= askForKey(why).finally(() => { asking = null; });
  const key = await asking;
  if (key) {
    useKey(key);
  }
  return Boolean(key);
}

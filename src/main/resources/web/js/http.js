import { t, translated } from './strings.js';

// How the page talks to the box: keys, problems, and nothing about what is asked.

const KEY = 'lintel-api-key';

/** An answer that is no success: `message` is the problem's own `detail`, `code` its machine-readable reason. */
export class Problem extends Error {
  constructor(body, status, retryAfter = 0) {
    super(translated(body.code, body.detail || body.title || t('error.http', { status })));
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
let logins = 0;

/** Who is to be asked when the box wants to know who calls: `async why => a key, true after logging in, or undefined`. */
export function onKeyNeeded(ask) {
  askForKey = ask;
}

/** From now on; null: none, but the session. Whoever wants to know hears `lintel-key` on the window. */
export function useKey(key) {
  if (key === null) {
    sessionStorage.removeItem(KEY);
  } else {
    sessionStorage.setItem(KEY, key);
  }
  logins++;
  dispatchEvent(new Event('lintel-key'));
}

const currentKey = () => sessionStorage.getItem(KEY);

/**
 * Sends, asks for a key where one is needed (unless quietly), and answers what `read` makes of the response, or throws a
 * Problem.
 */
export async function call(path, options) {
  const { quietly = false, alsoGood = 0, read = response => response.json(), ...request } = options ?? {};
  for (;;) {
    const used = currentKey();
    const before = logins;
    const response = await send(path, request, used);
    if (response.ok || response.status === alsoGood) {
      return read(response);
    }
    const problem = await problemOf(response);
    if (response.status !== 401 || quietly) {
      throw problem;
    }
    // Another call may have asked meanwhile: then that is tried before the user is asked again.
    if (logins === before && !(await obtainKey(used === null ? '' : problem.message))) {
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
  asking ??= askForKey(why).then(given => {
    if (given) {
      useKey(given === true ? null : given);
    }
    return Boolean(given);
  }).finally(() => { asking = null; });
  return asking;
}

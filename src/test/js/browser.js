// As much of a browser as the page's modules touch when they are read, in English.

import { readFileSync } from 'node:fs';

const WEB = new URL('../../main/resources/web/', import.meta.url);

class Storage {
  #values = new Map();
  getItem(key) { return this.#values.get(key) ?? null; }
  setItem(key, value) { this.#values.set(key, String(value)); }
  removeItem(key) { this.#values.delete(key); }
}

function define(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

define('localStorage', new Storage());
define('sessionStorage', new Storage());
define('navigator', { languages: ['en-GB'] });
define('document', Object.assign(new EventTarget(), { hidden: true }));
define('addEventListener', () => {});
define('dispatchEvent', () => true);
define('fetch', async path => ({ json: async () => JSON.parse(readFileSync(new URL(path, WEB), 'utf8')) }));

/** From now on, these answers are given to `fetch`, one after the other; answers the requests made so far. */
export function answer(...answers) {
  const requests = [];
  define('fetch', async (path, request) => {
    requests.push({ path, ...request });
    const next = answers.shift();
    if (next instanceof Error) {
      throw next;
    }
    return new Response(next.body === undefined ? null : JSON.stringify(next.body), next);
  });
  return requests;
}

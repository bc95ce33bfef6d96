import { answer } from './browser.js';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { call, onKeyNeeded, Problem, useKey } from '../../main/resources/web/js/http.js';

const WANTED = { status: 401, body: { code: 'key_missing', detail: 'a key is needed' } };
const GOOD = { status: 200, body: { done: true } };

beforeEach(() => {
  sessionStorage.removeItem('lintel-api-key');
  onKeyNeeded(async () => undefined);
});

test('should send the key that is used', async () => {
  useKey('secret');
  const requests = answer(GOOD);
  assert.deepEqual(await call('/list'), { done: true });
  assert.equal(requests[0].headers['X-API-Key'], 'secret');
});

test('should ask for a key where one is needed, and try again with it', async () => {
  onKeyNeeded(async () => 'given');
  const requests = answer(WANTED, GOOD);
  assert.deepEqual(await call('/list'), { done: true });
  assert.deepEqual(requests.map(request => request.headers['X-API-Key']), [undefined, 'given']);
});

test('should ask nobody quietly', async () => {
  onKeyNeeded(async () => assert.fail('asked'));
  answer(WANTED);
  await assert.rejects(call('/ready', { quietly: true }), { status: 401, code: 'key_missing' });
});

test('should give up where no key is given', async () => {
  answer(WANTED);
  await assert.rejects(call('/list'), { status: 401 });
});

test('should ask once for calls that wait at the same time', async () => {
  let asked = 0;
  let give;
  onKeyNeeded(() => {
    asked++;
    return new Promise(resolve => { give = resolve; });
  });
  answer(WANTED, WANTED, GOOD, GOOD);
  const calls = [call('/list'), call('/events')];
  while (!give) {
    await new Promise(setImmediate);
  }
  await new Promise(setImmediate);
  give('given');
  assert.deepEqual(await Promise.all(calls), [{ done: true }, { done: true }]);
  assert.equal(asked, 1);
});

test('should take a status for good that the caller takes for good', async () => {
  answer({ status: 503, body: { ready: false } });
  assert.deepEqual(await call('/ready', { alsoGood: 503 }), { ready: false });
});

test('should say what the box said, and when to come back', async () => {
  answer({ status: 503, body: { code: 'overloaded', detail: 'too much at once' }, headers: { 'Retry-After': '7' } });
  await assert.rejects(call('/identify'), error => {
    assert.ok(error instanceof Problem);
    assert.equal(error.message, 'The box is busy: try again in a moment.');
    assert.equal(error.retryAfter, 7);
    return true;
  });
});

test('should make a problem of an answer that says nothing, and of none', async () => {
  answer({ status: 500 });
  await assert.rejects(call('/list'), { status: 500, code: 'unknown' });
  answer(new TypeError('fetch failed'));
  await assert.rejects(call('/list'), { status: 0, code: 'network', retryAfter: 2 });
});

test('should not make a problem of what the caller aborted', async () => {
  answer(new DOMException('aborted', 'AbortError'));
  await assert.rejects(call('/list'), { name: 'AbortError' });
});

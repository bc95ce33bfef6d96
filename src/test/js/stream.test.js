import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parser, pause } from '../../main/resources/web/js/stream.js';

function read(...pieces) {
  const messages = [];
  const feed = parser(message => messages.push(message));
  pieces.forEach(feed);
  return messages;
}

const TEXT = 'id: 7\nevent: live\ndata: {"a":\ndata: 1}\n\n: nothing to say\n\ndata:x\n\n';
const MESSAGES = [
  { id: '7', type: 'live', data: '{"a":\n1}' },
  { id: '', type: 'message', data: 'x' },
];

test('should read messages from one piece', () => {
  assert.deepEqual(read(TEXT), MESSAGES);
});

test('should read messages however they are cut, whatever ends a line', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = TEXT.replaceAll('\n', end) + (end === '\r' ? ':' : '');
    assert.deepEqual(read(...text), MESSAGES, JSON.stringify(end));
  }
});

test('should hand on nothing before a message ends', () => {
  assert.deepEqual(read('id: 7\ndata: x\n'), []);
});

test('should take a value with colons and keep all but its first space', () => {
  assert.deepEqual(read('data:  a: b:c\n\n'), [{ id: '', type: 'message', data: ' a: b:c' }]);
});

test('should not wait once it is aborted', async () => {
  const control = new AbortController();
  const waiting = pause(1e6, control.signal);
  control.abort();
  await waiting;
});

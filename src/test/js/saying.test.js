import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, notWoken, saying, tone } from '../../main/resources/web/js/saying.js';

const at = (shows, more = {}) => saying({ shows, movement: null, step: 0, steps: 0, name: null, button: false, ...more });

test('should say which movement is asked for, and how many there are', () => {
  const move = at('move', { movement: 'left', step: 1, steps: 2 });
  assert.deepEqual(move.say, ['screen.move.left']);
  assert.equal(move.movement, 'left');
  assert.equal(move.steps, 2);
});

test('should greet by name only where the box says one', () => {
  assert.deepEqual(at('welcome').say, ['screen.welcome']);
  assert.deepEqual(at('welcome', { name: 'Anna' }).say, ['screen.welcome.name', { name: 'Anna' }]);
});

test('should ask to ring wherever the door stays shut', () => {
  for (const shows of ['refused', 'closed', 'fault']) {
    assert.deepEqual(at(shows).more, ['screen.ring'], shows);
  }
  assert.deepEqual(saying(null).more, ['screen.ring']);
});

test('should show the button only while nobody is looked at', () => {
  assert.equal(at('idle', { button: true }).button, true);
  assert.equal(at('look', { button: true }).button, false);
});

test('should sound when something else is asked for, and not twice for the same', () => {
  const one = at('move', { movement: 'left', step: 1, steps: 2 });
  const two = at('move', { movement: 'nod', step: 2, steps: 2 });
  assert.equal(tone(at('look'), one), 'move');
  assert.equal(tone(one, { ...one }), null);
  assert.equal(tone(one, two), 'next');
  assert.equal(tone(two, at('welcome')), 'welcome');
  assert.equal(tone(two, at('refused')), 'ring');
  assert.equal(tone(two, at('look')), null);
});

test('should read door and key from the address, and nothing else', () => {
  assert.deepEqual(address('#main/0123456789abcdef'), { door: 'main', key: '0123456789abcdef' });
  assert.equal(address('#main'), null);
  assert.equal(address('#../people/0123456789abcdef'), null);
  assert.equal(address(''), null);
});

test('should say what came of a touch that the box did not take', () => {
  assert.equal(notWoken(200), null);
  assert.equal(notWoken(204), null);
  assert.equal(notWoken(404), 'screen.key.wrong');
  assert.equal(notWoken(400), 'screen.unheard');
  assert.equal(notWoken(503), 'screen.unheard');
  assert.equal(notWoken(null), 'screen.lost');
});

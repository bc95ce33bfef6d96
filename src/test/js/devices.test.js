import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveLevel } from '../../main/resources/web/js/devices.js';

const LEARNT = { state: 'learnt', level: 0.613, limit: 0.512, used: false, proven: 24, people: 6, recent: 30, refused: 1, refuses_most: false };

test('should say what level live faces reach at a camera and whether its limit is in use', () => {
  assert.match(liveLevel(LEARNT), /reach 0\.61 here, a limit of 0\.51 would fit \(24 visits, 6 people\)/);
  assert.match(liveLevel({ ...LEARNT, used: true }), /the limit is 0\.51/);
  assert.match(liveLevel({ ...LEARNT, state: 'too_low', used: true }), /can hardly tell live faces/);
});

test('should say that a level is not known yet, and that the network refuses most people all the same', () => {
  const said = liveLevel({ ...LEARNT, state: 'learning', level: null, proven: 2, people: 1, refused: 28, refuses_most: true });

  assert.match(said, /2 proven visits of 1 people so far/);
  assert.match(said, /refused 28 of the last 30 people/);
});

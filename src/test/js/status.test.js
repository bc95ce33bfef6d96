import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { troublesOf } from '../../main/resources/web/js/status.js';

const part = (name, trouble) => ({ name, ready: true, detail: 'in its own words', trouble });

test('should say what somebody should see to', () => {
  const said = troublesOf({ components: [
    part('store', null), part('camera front', 'camera_lost'), part('door main', 'lock_failed'), part('door back', 'lock_down'), part('clock', 'clock'),
  ] });
  assert.equal(said.length, 4);
  assert.match(said[0], /^Camera front is lost/);
  assert.match(said[1], /lock of door main/);
  assert.match(said[2], /^Door back is in lock-down/);
  assert.match(said[3], /does not know the time/);
});

test('should use the box’s words for a trouble that is new to the page', () => {
  assert.deepEqual(troublesOf({ components: [part('roof', 'lifted')] }), ['roof: in its own words']);
});

test('should say nothing of a box that works', () => {
  assert.deepEqual(troublesOf({ components: [part('store', null), { name: 'old', ready: true, detail: '' }] }), []);
});

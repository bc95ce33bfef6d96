import assert from 'node:assert/strict';
import test from 'node:test';
import './browser.js';

const { remedies } = await import('../../main/resources/web/js/happenings.js');
const { story } = await import('../../main/resources/web/js/events.js');

const AT = '2026-11-30T17:51:00Z';
const NOW = Date.parse('2026-11-30T17:52:00Z');
const denied = (rule, more = {}) => ({
  kind: 'decision', at: AT, door: 'main', label: 'Anna', findings: [{ code: 'outside-hours', numbers: {}, words: { groups: 'everybody', time: '2026-11-30 17:51', zone: 'UTC' } }],
  decision: { verdict: 'denied', rule }, ...more,
});

test('should offer what helps and what the caller may do', () => {
  assert.deepEqual(remedies(denied('schedule'), () => true, NOW), ['once', 'hours', 'person']);
  assert.deepEqual(remedies(denied('schedule'), operation => operation === 'unlockDoor', NOW), ['once']);
  assert.deepEqual(remedies(denied('schedule'), () => false, NOW), []);
  assert.deepEqual(remedies(denied('validity'), () => true, NOW), ['once', 'person']);
});

test('should offer to confirm who came in, for as long as the view is kept', () => {
  const came = { kind: 'decision', at: AT, door: 'main', label: 'Anna', visit: 'v', decision: { verdict: 'granted', rule: 'schedule' } };
  assert.deepEqual(remedies(came, () => true, NOW), ['confirm']);
  assert.deepEqual(remedies(came, operation => operation !== 'confirmVisit', NOW), []);
  assert.deepEqual(remedies(came, () => true, NOW + 10 * 60e3), []);
  assert.deepEqual(remedies({ ...came, label: null }, () => true, NOW), []);
  assert.deepEqual(remedies({ ...came, decision: { verdict: 'granted', rule: 'pin' } }, () => true, NOW), [], 'the PIN did it');
});

test('should not offer to let in a photo, nor who went long ago', () => {
  assert.deepEqual(remedies(denied('liveness'), () => true, NOW), []);
  assert.deepEqual(remedies(denied('unknown', { label: null }), () => true, NOW + 10 * 60e3), []);
  assert.deepEqual(remedies({ kind: 'decision', at: AT, door: 'main', decision: { verdict: 'granted', rule: 'schedule' } }, () => true, NOW), []);
});

test('should tell what happened in a sentence', () => {
  assert.match(story(denied('schedule')), /^Anna was not let in: outside the hours of groups everybody on /);
  assert.equal(story({ kind: 'decision', label: null, findings: [], decision: { verdict: 'granted', rule: 'x', sighting: { identity: 'unknown' } } }),
    'Somebody unknown was let in');
  assert.equal(story({ kind: 'door_unlocked', door: 'main', findings: [] }), 'The door main was unlocked');
});

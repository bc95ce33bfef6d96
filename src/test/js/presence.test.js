import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayAfter, monthAfter, presence, stateOf } from '../../main/resources/web/js/presence.js';

const TODAY = '2026-11-25';
const CAME = '2026-11-25T08:00:00Z';
const person = values => ({ status: 'present', date: TODAY, open_since: CAME, presence_seconds: 600, ...values });

test('should say where somebody is', () => {
  assert.equal(stateOf(person({}), TODAY), 'in');
  assert.equal(stateOf(person({ open_since: null }), TODAY), 'out');
  assert.equal(stateOf(person({ status: 'absent', open_since: null }), TODAY), 'absent');
});

test('should not take somebody for present on a day that is over', () => {
  assert.equal(stateOf(person({ date: '2026-11-24' }), TODAY), 'open');
});

test('should add the time since somebody came in only while they are there', () => {
  const now = Date.parse('2026-11-25T08:01:00Z');
  assert.equal(presence(person({}), TODAY, now), 660);
  assert.equal(presence(person({ open_since: null }), TODAY, now), 600);
  assert.equal(presence(person({ date: '2026-11-24' }), TODAY, now), 600);
});

test('should not take time away where the clocks differ', () => {
  assert.equal(presence(person({}), TODAY, Date.parse('2026-11-25T07:59:00Z')), 600);
});

test('should turn over months, years and leap days', () => {
  assert.equal(dayAfter('2026-12-31', 1), '2027-01-01');
  assert.equal(dayAfter('2028-03-01', -1), '2028-02-29');
  assert.equal(monthAfter('2026-12', 1), '2027-01');
  assert.equal(monthAfter('2026-01', -1), '2025-12');
});

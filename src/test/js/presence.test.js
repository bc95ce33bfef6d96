import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayAfter, monthAfter, presence, stateOf } from '../../main/resources/web/js/presence.js';

const CAME = '2026-11-25T08:00:00Z';
const person = values => ({ status: 'present', there: true, open_since: CAME, presence_seconds: 600, ...values });

test('should say where somebody is', () => {
  assert.equal(stateOf(person({})), 'in');
  assert.equal(stateOf(person({ there: false, open_since: null })), 'out');
  assert.equal(stateOf(person({ status: 'absent', there: false, open_since: null })), 'absent');
});

test('should not take somebody for present whose going was forgotten', () => {
  assert.equal(stateOf(person({ there: false })), 'open');
});

test('should add the time since somebody came in only while they are there', () => {
  const now = Date.parse('2026-11-25T08:01:00Z');
  assert.equal(presence(person({}), now), 660);
  assert.equal(presence(person({ there: false, open_since: null }), now), 600);
  assert.equal(presence(person({ there: false }), now), 600);
});

test('should not take time away where the clocks differ', () => {
  assert.equal(presence(person({}), Date.parse('2026-11-25T07:59:00Z')), 600);
});

test('should turn over months, years and leap days', () => {
  assert.equal(dayAfter('2026-12-31', 1), '2027-01-01');
  assert.equal(dayAfter('2028-03-01', -1), '2028-02-29');
  assert.equal(monthAfter('2026-12', 1), '2027-01');
  assert.equal(monthAfter('2026-01', -1), '2025-12');
});

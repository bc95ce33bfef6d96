import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosen, dayAfter, monthAfter, presence, stateOf } from '../../main/resources/web/js/presence.js';

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

test('should choose by a counter and a part of the name, and put in an order', () => {
  const person = (label, first_in, late_seconds, there) => ({
    label, first_in, late_seconds, status: first_in ? 'present' : 'absent', open_since: first_in, there, presence_seconds: 0,
  });
  const people = [person('Cem', '2026-11-25T08:00:00Z', 0, true), person('Bo', '2026-11-25T09:07:00Z', 420, true), person('Anna', null, 0, false)];
  const labels = (wanted, now = Date.parse('2026-11-25T10:00:00Z')) =>
    chosen(people, { counter: null, fits: () => true, order: 'name', ...wanted }, now).map(({ label }) => label);
  assert.deepEqual(labels({}), ['Anna', 'Bo', 'Cem']);
  assert.deepEqual(labels({ counter: 'late' }), ['Bo']);
  assert.deepEqual(labels({ counter: 'absent' }), ['Anna']);
  assert.deepEqual(labels({ counter: 'in', order: 'first' }), ['Cem', 'Bo']);
  assert.deepEqual(labels({ order: 'first' }), ['Cem', 'Bo', 'Anna']);
  assert.deepEqual(labels({ order: 'presence' }), ['Cem', 'Bo', 'Anna']);
  assert.deepEqual(labels({ fits: label => label === 'Bo' }), ['Bo']);
});

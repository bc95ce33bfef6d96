import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filtersOf, matches, merged, unseen } from '../../main/resources/web/js/filter.js';

const filterOf = (what, person, day) => filtersOf({ what, person, day })[0];

const at = (hour, day = 25) => new Date(2026, 10, day, hour).toISOString();
const granted = { id: 1, kind: 'decision', label: 'Anna', at: at(8), decision: { verdict: 'granted' } };
const opened = { id: 2, kind: 'door_opened', at: at(9) };

test('should ask for a verdict as one kind of decision', () => {
  assert.deepEqual(filterOf('denied', ' Anna ', ''), { kind: 'decision', verdict: 'denied', label: 'Anna', door: '', camera: '', from: '', to: '' });
  assert.deepEqual(filterOf('door_opened', '', ''), { kind: 'door_opened', label: '', door: '', camera: '', from: '', to: '' });
});

test('should ask for a whole day on the calendar on the wall', () => {
  const { from, to } = filterOf('', '', '2026-11-25');
  assert.equal(from, at(0));
  assert.equal(to, at(0, 26));
});

test('should want everything without a filter', () => {
  assert.ok([granted, opened].every(event => matches(event, filterOf('', '', ''))));
});

test('should want only what the filter says', () => {
  assert.ok(matches(granted, filterOf('granted', 'Anna', '2026-11-25')));
  assert.ok(!matches(granted, filterOf('denied', '', '')));
  assert.ok(!matches(granted, filterOf('', 'Bob', '')));
  assert.ok(!matches(opened, filterOf('granted', '', '')));
  assert.ok(!matches(opened, filterOf('', 'Anna', '')));
});

test('should count midnight to the day that begins', () => {
  const day = filterOf('', '', '2026-11-25');
  assert.ok(matches({ ...opened, at: at(0) }, day));
  assert.ok(!matches({ ...opened, at: at(0, 26) }, day));
  assert.ok(!matches({ ...opened, at: at(23, 24) }, day));
});

test('should show an event once that comes both ways', () => {
  assert.deepEqual(unseen([granted, opened], [granted]), [opened]);
});

test('should ask for everybody whose name has the part that was typed', () => {
  const labels = person => filtersOf({ what: '', person, day: '' }, ['Anna Ångström', 'Joanna', 'Bo']).map(({ label }) => label);
  assert.deepEqual(labels('anna'), ['Anna Ångström', 'Joanna']);
  assert.deepEqual(labels('Bo'), ['Bo']);
  assert.deepEqual(labels('nobody'), ['nobody']);
  assert.deepEqual(labels(''), ['']);
});

test('should put pages together, newest first, no deeper than all of them go', () => {
  const page = (next, ...sequences) => ({ next, events: sequences.map(sequence => ({ sequence })) });
  assert.deepEqual(merged([page(null, 9, 3), page(5, 8, 5)]), { next: 5, events: [{ sequence: 9 }, { sequence: 8 }, { sequence: 5 }] });
  assert.deepEqual(merged([page(null, 9), page(null, 4)]), { next: null, events: [{ sequence: 9 }, { sequence: 4 }] });
});

test('should tell doors and cameras apart', () => {
  const at = { what: '', person: '', day: '', door: 'main', camera: 'front' };
  const [filter] = filtersOf(at);
  assert.ok(matches({ kind: 'x', door: 'main', camera: 'front' }, filter));
  assert.ok(!matches({ kind: 'x', door: 'side', camera: 'front' }, filter));
  assert.ok(!matches({ kind: 'x', door: 'main', camera: 'yard' }, filter));
});

import './browser.js';
import assert from 'node:assert/strict';
import test from 'node:test';

const { missing } = await import('../../main/resources/web/js/holidays.js');

test('should add each public holiday once, and none that is there', () => {
  assert.deepEqual(missing(['2026-01-01', '2026-12-25', '2026-12-25', '2027-01-01'], ['2026-12-25', '']), ['2026-01-01', '2027-01-01']);
});

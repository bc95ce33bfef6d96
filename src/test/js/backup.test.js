import assert from 'node:assert/strict';
import { test } from 'node:test';
import './browser.js';

const { fault } = await import('../../main/resources/web/js/backup.js');

test('should want a passphrase twice, long enough, unless the configuration has one', () => {
  assert.equal(fault('four words and more', 'four words and more', false), null);
  assert.equal(fault('four words and more', 'four words and mere', false), 'backup.different');
  assert.equal(fault('elevenchars', 'elevenchars', true), 'backup.short');
  assert.equal(fault('', '', true), null);
  assert.equal(fault('', '', false), 'backup.short');
  assert.equal(fault('', 'four words and more', true), 'backup.short');
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const MODULES = new URL('../../main/resources/web/js/', import.meta.url);

test('should hold no module that a browser refuses to read', () => {
  const files = readdirSync(MODULES).filter(name => name.endsWith('.js'));
  assert.ok(files.length > 20);
  for (const name of files) {
    const read = spawnSync(process.execPath, ['--input-type=module', '--check'], { input: readFileSync(new URL(name, MODULES)) });
    assert.equal(read.status, 0, `${name}: ${read.stderr}`);
  }
});

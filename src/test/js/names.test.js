import assert from 'node:assert/strict';
import test from 'node:test';
import { nearTwins, withPart } from '../../main/resources/web/js/names.js';

test('should find names that differ in accents, capitals or what is between their words', () => {
  assert.deepEqual(nearTwins('anna angstrom', ['Anna Ångström', 'Bo']), ['Anna Ångström']);
  assert.deepEqual(nearTwins('Hans-Peter', ['Hans Peter']), ['Hans Peter']);
  assert.deepEqual(nearTwins('Grosse', ['Große']), ['Große']);
});

test('should find names that differ in one slip of the keys', () => {
  for (const slip of ['Martina Meyer', 'Martina Meir', 'Martina Meierr', 'Martina Meire', 'Matrina Meier', 'Martina Maier']) {
    assert.deepEqual(nearTwins(slip, ['Martina Meier']), ['Martina Meier'], slip);
  }
});

test('should leave other names alone, short ones above all', () => {
  assert.deepEqual(nearTwins('Jan', ['Jana', 'Jon', 'Anja']), []);
  assert.deepEqual(nearTwins('Martina Meier', ['Martin Maier', 'Bettina Meier']), []);
  assert.deepEqual(nearTwins('Martina Meier', ['Martina Meier']), [], 'the same is no twin');
});

test('should find a part of a name whatever its accents', () => {
  assert.deepEqual(withPart('ANGST', ['Anna Ångström', 'Bo']), ['Anna Ångström']);
  assert.deepEqual(withPart(' ', ['Anna']), []);
});

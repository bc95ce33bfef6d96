import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batches } from '../../main/resources/web/js/batches.js';

const pictures = (...sizes) => sizes.map(size => ({ blob: { size } }));
const sizes = made => made.map(batch => batch.map(picture => picture.blob.size));

test('should make no request of nothing', () => {
  assert.deepEqual(batches([]), []);
});

test('should send no more than eight photos in one request', () => {
  assert.deepEqual(batches(pictures(...Array(17).fill(1))).map(batch => batch.length), [8, 8, 1]);
});

test('should begin another request before one gets too large, in the order of the photos', () => {
  assert.deepEqual(sizes(batches(pictures(3e6, 5e6, 1, 7e6))), [[3e6, 5e6], [1, 7e6]]);
});

test('should send a photo that is too large alone', () => {
  assert.deepEqual(sizes(batches(pictures(1, 9e6, 2))), [[1], [9e6], [2]]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tone } from '../../main/resources/web/js/frames.js';

test('should frame nobody in green before the face is proven live', () => {
  assert.equal(tone({ live: 'unproven', verdict: 'granted' }), 'warn');
  assert.equal(tone({ live: undefined, verdict: 'granted' }), 'warn');
  assert.equal(tone({ live: 'attack', verdict: 'granted' }), 'bad');
});

test('should give a live face the colour of the decision', () => {
  assert.equal(tone({ live: 'live', verdict: 'granted' }), 'good');
  assert.notEqual(tone({ live: 'live', verdict: 'denied' }), 'good');
  assert.equal(tone({ live: 'live', verdict: null }), 'plain');
});

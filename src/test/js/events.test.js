import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explanation, place, sentence, sort, title, tone, who } from '../../main/resources/web/js/events.js';

const granted = {
  kind: 'decision', label: 'Anna', door: 'main', camera: 'front', detail: 'known and live',
  decision: { verdict: 'granted', rule: 'schedule', sighting: { identity: 'known' } },
};
const unknown = { kind: 'decision', door: 'main', detail: 'nobody known', decision: { verdict: 'denied', sighting: { identity: 'unknown' } } };
const lost = { kind: 'camera_lost', camera: 'front', detail: 'no picture for 10 s' };

test('should sort a decision by its verdict and all else by what it is', () => {
  assert.deepEqual([granted, unknown, lost].map(sort), ['granted', 'denied', 'camera_lost']);
  assert.deepEqual([granted, unknown, lost].map(tone), ['good', 'bad', 'bad']);
});

test('should show what it does not know yet by the name that the box gives it', () => {
  assert.equal(title({ kind: 'roof_lifted' }), 'roof lifted');
  assert.equal(tone({ kind: 'roof_lifted' }), 'plain');
});

test('should say whom a decision was about, also if nobody is known', () => {
  assert.equal(who(granted), 'Anna');
  assert.ok(who(unknown));
  assert.equal(who(lost), null);
});

test('should name the door rather than the camera', () => {
  assert.deepEqual([granted, lost, {}].map(place), ['main', 'front', '']);
});

test('should make sentences of codes, numbers and words', () => {
  const late = {
    kind: 'decision', detail: 'as the box says it', decision: { verdict: 'denied', rule: 'schedule' },
    findings: [
      { code: 'outside-hours', numbers: {}, words: { groups: 'staff, everybody', time: '2026-11-25 22:10', zone: 'Europe/Berlin' } },
      { code: 'face', numbers: { distance: 0.4 }, words: { identity: 'known' } },
    ],
  };
  assert.equal(explanation(late), 'outside the hours of groups staff, everybody on Wednesday 25 November, 22:10 Europe/Berlin');
  const spared = { kind: 'decision', findings: [{ code: 'cool-down', numbers: { ago: 3, time: 10 } }] };
  assert.match(explanation(spared), /^let in 3 s ago, within the cool-down of 10 s/);
});

test('should keep to the box’s sentence where a code is new to the page', () => {
  assert.equal(explanation({ kind: 'decision', detail: 'because of the moon', findings: [{ code: 'moon', numbers: {} }] }), 'because of the moon');
});

test('should let the box explain itself in English', () => {
  assert.equal(explanation(granted), 'known and live');
  assert.equal(explanation({ kind: 'door_opened' }), '');
});

test('should leave out of the line what there is not', () => {
  assert.match(sentence(granted), /, Anna, main, known and live$/);
  assert.match(sentence(lost), /, front, no picture for 10 s$/);
});

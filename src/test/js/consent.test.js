import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lines, purposes, wasThere } from '../../main/resources/web/js/consent.js';

const consent = {
  state: 'valid', purposes: ['door', 'pictures'], given_at: '2026-11-01T09:00:00Z', given_by: 'Mother', until: null, evidence: 'form 17',
  recorded_by: 'hr', recorded_at: '2026-11-02T09:00:00Z', withdrawn: null,
};
const said = consent => Object.fromEntries(lines(consent).map(([key, text, tone]) => [key, tone ?? text]));

test('should say who recorded it, when, for what and until when', () => {
  const all = said(consent);
  assert.equal(all['consent.state'], 'good');
  assert.match(all['consent.purposes'], /door.*pictures/);
  assert.match(all['consent.given'], /2026.* · Mother/);
  assert.match(all['consent.recorded'], /^hr · .*2026/);
  assert.equal(all['consent.evidence'], 'form 17');
  assert.ok(!('consent.withdrawn' in all));
});

test('should say how it was withdrawn, and leave out what nobody said', () => {
  const all = said({ ...consent, state: 'withdrawn', evidence: '', given_by: '', withdrawn: { at: '2026-11-03T09:00:00Z', how: '', by: 'hr' } });
  assert.equal(all['consent.state'], 'bad');
  assert.match(all['consent.withdrawn'], /2026[^·]* · hr$/);
  assert.ok(!all['consent.given'].includes('·'));
  assert.ok(!('consent.evidence' in all));
  assert.ok(!('consent.until' in all));
});

test('should take pictures from its own box only, and each word once', () => {
  assert.deepEqual(purposes(' Door, attendance; door', true), ['door', 'attendance', 'pictures']);
  assert.deepEqual(purposes('door, pictures', false), ['door']);
  assert.deepEqual(purposes('', false), []);
});

test('should not take a consent for a visit', () => {
  const events = [{ kind: 'consent_given' }, { kind: 'decision' }];
  assert.equal(events.find(wasThere).kind, 'decision');
});

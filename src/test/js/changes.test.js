import assert from 'node:assert/strict';
import test from 'node:test';
import { changes, clockTime, filled, fresh, hoursOf, instantIn, nested, pairs, verdicts, weekOf, withUser } from '../../main/resources/web/js/changes.js';

test('should show hours as a week and write them as before', () => {
  for (const hours of [['Mon-Fri 07:00-19:00'], ['Mon-Fri 07:00-12:00', 'Mon-Fri 13:00-19:00', 'Sat 08:00-12:00'],
    ['always'], ['daily 06:00-24:00'], ['Mon,Wed-Thu 22:00-06:00'], []]) {
    assert.deepEqual(hoursOf(weekOf(hours)), hours);
  }
});

test('should go over the end of the week', () => {
  assert.deepEqual(hoursOf(weekOf(['Sat-Mon 08:00-12:00'])), ['Mon,Sat-Sun 08:00-12:00']);
});

test('should not pretend to understand other hours', () => {
  assert.equal(weekOf(['Mon-Fri 7-19']), null);
  assert.equal(weekOf(['Mon-Foo 07:00-19:00']), null);
  assert.equal(weekOf(['07:00-19:00']), null);
});

test('should read a time of day as people type it', () => {
  for (const [typed, meant] of [['7', '07:00'], ['07:30', '07:30'], ['7.30', '07:30'], ['730', '07:30'], ['24:00', '24:00'], [' 9h15 ', '09:15']]) {
    assert.equal(clockTime(typed), meant);
  }
  for (const wrong of ['', 'noon', '25', '24:01', '7:60', '-1']) {
    assert.equal(clockTime(wrong), null);
  }
});

test('should know the instant of a time on the box\'s clock', () => {
  assert.equal(instantIn('Europe/Vienna', '2026-11-30', '08:00'), '2026-11-30T07:00:00.000Z');
  assert.equal(instantIn('Europe/Vienna', '2026-07-01', '08:00'), '2026-07-01T06:00:00.000Z');
  assert.equal(instantIn('America/New_York', '2026-11-30', '23:30'), '2026-12-01T04:30:00.000Z');
  assert.equal(instantIn('Europe/Vienna', '2026-10-25', '02:30'), '2026-10-25T00:30:00.000Z');
  assert.equal(instantIn('Europe/Vienna', '2026-10-25', '08:00'), '2026-10-25T07:00:00.000Z');
});

test('should send only what was changed, and take away what became empty', () => {
  assert.deepEqual(
    changes('doors[0]', { id: 'main', 'cool-down': '10s', schedules: { everybody: ['always'] }, pulse: '5s' },
      { id: 'main', 'cool-down': '5s', schedules: { everybody: [] }, pulse: null }),
    [
      { op: 'set', path: 'doors[0].cool-down', value: '5s' },
      { op: 'replace', path: 'doors[0].schedules', value: { everybody: [] } },
      { op: 'remove', path: 'doors[0].pulse' },
    ]);
  assert.deepEqual(changes('', { a: null }, { a: null }), []);
  assert.deepEqual(filled({ id: 'x', door: null }), { id: 'x' });
});

test('should reach into sections', () => {
  assert.deepEqual(changes('doors[0]', { id: 'main', pin: { alone: false }, sensor: null }, { 'pin.alone': true, 'sensor.line': null, 'intent.ask': 'button' }),
    [{ op: 'set', path: 'doors[0].pin.alone', value: true }, { op: 'set', path: 'doors[0].intent.ask', value: 'button' }]);
  assert.deepEqual(nested({ id: 'main', 'pin.alone': true, 'pin.attempts': 3 }), { id: 'main', pin: { alone: true, attempts: 3 } });
});

test('should read lines of names', () => {
  assert.deepEqual(pairs('front: front_door\n\n back : yard:2 '), { front: 'front_door', back: 'yard:2' });
  assert.deepEqual(pairs(' '), {});
});

test('should put user and password into an address', () => {
  assert.equal(withUser('rtsp://10.0.0.5/live', 'anna', 'p@ss/1'), 'rtsp://anna:p%40ss%2F1@10.0.0.5/live');
  assert.equal(withUser('rtsp://10.0.0.5/live', '', ''), 'rtsp://10.0.0.5/live');
});

test('should find a free name', () => {
  assert.equal(fresh('Front door', ['Front-door', 'Front-door-2']), 'Front-door-3');
  assert.equal(fresh('***', []), 'front');
});

test('should say what a tried camera is worth', () => {
  const trial = { picture: 'x', faces: [{ size: 62, issues: [] }], brightness: 120, fps: 15, key_frame_seconds: 0 };
  const keys = found => verdicts(found).map(verdict => verdict.key);
  assert.deepEqual(verdicts(trial), [{ key: 'trial.fine', values: { size: 62, least: 48 }, tone: 'good' }]);
  assert.deepEqual(keys({ ...trial, faces: [{ size: 30, issues: ['too_small', 'too_dark', 'blurred'] }] }),
    ['trial.small', 'trial.dark', 'trial.blurred']);
  assert.deepEqual(keys({ ...trial, faces: [], brightness: 12, fps: 1, key_frame_seconds: 22 }),
    ['trial.none', 'trial.dark', 'trial.key', 'trial.slow']);
  assert.deepEqual(keys({ ...trial, picture: null }), []);
});

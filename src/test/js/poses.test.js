import assert from 'node:assert/strict';
import test from 'node:test';
import { inTheWay, leftOut, POSES, testOf } from '../../main/resources/web/js/poses.js';

const face = (yaw, pitch = 0, issues = []) => ({ quality: { yaw, pitch, issues: issues.map(kind => ({ kind })) } });

test('should take each view when the head is held so', () => {
  const fitting = { straight: face(2), left: face(20), right: face(-20), up: face(3, -15), again: face(-4) };
  for (const pose of POSES) {
    assert.equal(inTheWay(pose, [fitting[pose]]), null);
  }
});

test('should not take the same view five times', () => {
  assert.equal(inTheWay('left', [face(2)]), 'guide.turn');
  assert.equal(inTheWay('right', [face(20)]), 'guide.turn');
  assert.equal(inTheWay('up', [face(2)]), 'guide.turn');
  assert.equal(inTheWay('straight', [face(25)]), 'guide.straight');
  assert.equal(inTheWay('left', [face(60)]), 'guide.turn');
});

test('should count from how the head is held when it looks straight, as a camera may hang beside the door', () => {
  const straight = { yaw: 6, pitch: 8 };
  assert.equal(inTheWay('left', [face(13)], straight), 'guide.turn');
  assert.equal(inTheWay('right', [face(-7)], straight), null);
  assert.equal(inTheWay('up', [face(6, 1)], straight), null);
  assert.equal(inTheWay('up', [face(6, 6)], straight), 'guide.turn');
});

test('should see a chin that is raised by as little as the landmarks tell', () => {
  assert.equal(inTheWay('up', [face(0, -2.7)]), null);
  assert.equal(inTheWay('up', [face(0, -2)]), 'guide.turn');
});

test('should not wait for ever for a view, but for the straight one', () => {
  assert.equal(leftOut('up', 14_000), false);
  assert.equal(leftOut('up', 15_000), true);
  assert.equal(leftOut('straight', 60_000), false);
});

test('should say what is in the way', () => {
  assert.equal(inTheWay('straight', []), 'guide.nobody');
  assert.equal(inTheWay('straight', [face(0), face(1)]), 'guide.several');
  assert.equal(inTheWay('straight', [face(0), face(1, 0, ['cut_off'])]), null);
  assert.equal(inTheWay('straight', [face(1, 0, ['cut_off'])]), 'guide.cut_off');
  assert.equal(inTheWay('straight', [face(0, 0, ['too_dark'])]), 'guide.too_dark');
  assert.equal(inTheWay('left', [face(20, 0, ['turned_away'])]), null);
});

test('should say of a try whether it is who was enrolled, and how far the nearest other person is', () => {
  const answer = { label: 'Anna', distance: 0.21, candidates: [{ label: 'Anna', distance: 0.21 }, { label: 'Bo', distance: 0.66 }] };
  assert.deepEqual(testOf('Anna', answer), { distance: 0.21, other: 0.66 });
  assert.deepEqual(testOf('Anna', { faces: [{ ...answer, candidates: [] }] }), { distance: 0.21, other: null });
  assert.equal(testOf('Bo', answer), null);
});

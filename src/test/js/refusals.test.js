import assert from 'node:assert/strict';
import test from 'node:test';
import { cutOut, questions } from '../../main/resources/web/js/refusals.js';

const refused = (code, accepted) => ({ stored: false, reason: { code }, picture: { accepted } });

test('should ask about each kind of refusal by itself', () => {
  const asked = questions([refused('low_quality'), refused('already_enrolled'), refused('low_quality'), { stored: true, picture: {} }]);

  assert.deepEqual(asked.map(({ code, refused: which, accept }) => [code, which.length, accept]),
    [['already_enrolled', 1, ['already_enrolled']], ['low_quality', 2, ['low_quality']]]);
});

test('should let pass what was let pass before only for the photo for which it was', () => {
  const asked = questions([refused('low_quality', ['already_enrolled']), refused('low_quality')]);

  assert.deepEqual(asked.map(({ accept, refused: which }) => [accept, which.length]),
    [[['already_enrolled', 'low_quality'], 1], [['low_quality'], 1]]);
});

test('should overrule neither several faces nor what was overruled in vain', () => {
  assert.deepEqual(questions([refused('several_faces'), refused('no_face'), refused('low_quality', ['low_quality'])]), []);
});

test('should not offer to enrol half a face', () => {
  assert.deepEqual(questions([{ ...refused('low_quality'), quality: { issues: [{ kind: 'cut_off' }] } }]), []);
});

test('should cut a face out with what is around it, within the picture', () => {
  assert.deepEqual(cutOut({ x: 10, y: 100, width: 100, height: 100 }, { width: 150, height: 400 }), { x: 0, y: 40, width: 150, height: 220 });
});

test('should cut so near that no other face is in it', () => {
  const one = { x: 100, y: 100, width: 100, height: 100 };
  const other = { x: 210, y: 100, width: 100, height: 100 };
  const { x, width } = cutOut(one, { width: 640, height: 480 }, [other]);
  assert.ok(x + width <= other.x + other.width / 3, `${x} ${width}`);
  assert.ok(x <= 90 && x + width >= 210, 'the face itself is whole');
});

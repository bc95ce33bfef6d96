import './browser.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facesOf, gist, marksOf, marksOfProblem, sentence } from '../../main/resources/web/js/findings.js';

const box = { x: 1, y: 2, width: 3, height: 4 };
const anna = { label: 'Anna', distance: 0.41, box };
const stranger = { label: 'unknown', distance: 0.93, box };
const refused = { reason: { code: 'spoof_suspected', detail: 'the face looks like a picture' }, box };
const image = { width: 640, height: 480 };
const answer = faces => ({ faces, image });

test('should take an answer about one face for a list of one', () => {
  assert.deepEqual(facesOf(anna), [anna]);
  assert.deepEqual(facesOf(answer([anna, stranger])), [anna, stranger]);
});

test('should mark who is known, who is not and who was refused differently', () => {
  assert.deepEqual(marksOf(answer([anna, stranger, refused])).map(mark => mark.tone), ['good', 'warn', 'bad']);
});

test('should name only the known on the picture', () => {
  const [known, unknown, not] = marksOf(answer([anna, stranger, refused]));
  assert.match(known.title, /^Anna\b.*0\.41/);
  assert.doesNotMatch(unknown.title, /Anna/);
  assert.doesNotMatch(not.title, /\d/);
});

test('should mark the faces that a refusal is about', () => {
  assert.deepEqual(marksOfProblem([box], image), [{ box, size: image, tone: 'bad', title: '' }]);
});

test('should say the reason of a refusal and the distance of a find', () => {
  assert.equal(sentence(answer([refused])), 'It may be a photo or a screen.');
  assert.match(sentence(answer([anna])), /Anna.*0\.41/);
});

test('should say how many there are where there are several', () => {
  assert.match(sentence(answer([anna, stranger])), /^2 /);
  assert.doesNotMatch(sentence(answer([anna])), /^1 /);
});

test('should change its gist only when somebody else is there', () => {
  assert.equal(gist(answer([anna])), gist(answer([{ ...anna, distance: 0.5 }])));
  assert.notEqual(gist(answer([anna])), gist(answer([stranger])));
  assert.notEqual(gist(answer([anna])), gist(answer([anna, stranger])));
});

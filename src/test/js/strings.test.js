import './browser.js';
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { duration, hours, known, span, t, translated } from '../../main/resources/web/js/strings.js';

test('should take the form that fits the number', () => {
  assert.match(t('status.people', { n: 1 }), /^1 person$/);
  assert.match(t('status.people', { n: 2 }), /^2 people$/);
});

test('should refuse a key that nobody wrote a text for', () => {
  assert.throws(() => t('no.such.key'), /no text for no\.such\.key/);
  assert.equal(known('no.such.key'), null);
});

test('should leave a place alone that it has no value for', () => {
  assert.match(t('status.notready', {}), /\{what\}/);
});

test('should say what the box said as a sentence for people', () => {
  assert.match(translated('several_faces', 'add face=largest'), /^There are several faces/);
  assert.equal(translated('invalid_label', 'the name is too long'), 'the name is too long');
  assert.equal(translated('no_such_code', 'in its own words'), 'in its own words');
});

test('should say minutes, and hours from one on', () => {
  assert.equal(duration(7 * 60), '7 mins');
  assert.equal(duration(65 * 60), '1 hr 5 mins');
});

test('should round hours to minutes', () => {
  assert.equal(hours(0), '0:00');
  assert.equal(hours(29), '0:00');
  assert.equal(hours(30), '0:01');
  assert.equal(hours(7 * 3600 + 35 * 60), '7:35');
  assert.equal(hours(59 * 60 + 59), '1:00');
});

test('should say a length of time in the largest unit that fits', () => {
  assert.equal(span(60), '1 minute');
  assert.equal(span(7199), '120 minutes');
  assert.equal(span(7200), '2 hours');
  assert.equal(span(172799), '48 hours');
  assert.equal(span(172800), '2 days');
});

test('should call a button by what is written on it, so that it can be called by voice', () => {
  const folder = 'src/main/resources/web/messages';
  for (const file of readdirSync(folder)) {
    const texts = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
    for (const key of Object.keys(texts).filter(name => name.endsWith('.which'))) {
      const written = texts[key.slice(0, -'.which'.length)];
      if (written !== undefined) {
        assert.ok(texts[key].toLowerCase().includes(written.replace('…', '').toLowerCase()), `${file} ${key}`);
      }
    }
  }
});

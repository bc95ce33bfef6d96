import * as api from './api.js';
import { batches } from './batches.js';
import { announce, byId, el, message, show } from './dom.js';
import { drawPicture } from './draw.js';
import { qualityText } from './findings.js';
import { decode, openPicture } from './pictures.js';
import { PictureSource } from './source.js';
import * as status from './status.js';
import { t } from './strings.js';

// The view that enrols a person from photos and camera pictures.

/** Refusals that the user may overrule. */
const OVERRULABLE = ['already_enrolled', 'unlike_others', 'low_quality', 'several_faces'];
const THUMB = 320;

let source;
let pictures = [];
let snapshots = 0;

export function start() {
  source = new PictureSource('enrol', {
    dropOn: byId('enrol-form'),
    onFiles: addFiles,
    onCamera: on => show(byId('enrol-stage'), on),
  });
  byId('enrol-shot').addEventListener('click', takeShot);
  byId('enrol-label').addEventListener('input', () => labelError(''));
  byId('enrol-form').addEventListener('submit', event => {
    event.preventDefault();
    submit();
  });
}

export function leave() {
  source.stop();
}

async function addFiles(files) {
  const failures = [];
  for (const file of files) {
    try {
      pictures.push(await openPicture(file));
    } catch (error) {
      failures.push(error.message);
    }
  }
  message(byId('enrol-pictures-error'), failures.join(' '));
  showPictures();
  announce([t('enrol.added', { n: files.length - failures.length }), ...failures].join(' '));
}

async function takeShot() {
  try {
    const blob = await source.camera.grab();
    pictures.push({ blob, name: t('enrol.snapshot', { n: ++snapshots }), drawable: await decode(blob) });
    message(byId('enrol-pictures-error'), '');
    showPictures();
    announce(t('enrol.added', { n: 1 }));
  } catch (error) {
    source.note(error.message);
  }
}

function showPictures() {
  byId('enrol-pictures').replaceChildren(...pictures.map(picture => el('li', {},
    thumb(picture),
    el('p', {}, picture.name),
    el('button', {
      type: 'button',
      class: 'button',
      'aria-label': t('enrol.remove.which', { name: picture.name }),
      click: () => remove(picture),
    }, t('enrol.remove')))));
}

function remove(picture) {
  const at = pictures.indexOf(picture);
  pictures.splice(at, 1);
  showPictures();
  const buttons = byId('enrol-pictures').querySelectorAll('button');
  (buttons[Math.min(at, buttons.length - 1)] ?? byId('enrol-file')).focus();
}

function thumb(picture, marks = [], turn = 0) {
  if (!picture.drawable) {
    return el('div', { class: 'thumb' }, t('photo.nopreview'));
  }
  const canvas = el('canvas', { 'aria-hidden': 'true' });
  drawPicture(canvas, picture.drawable, marks, turn, THUMB);
  return el('div', { class: 'thumb' }, canvas);
}

function labelError(text) {
  message(byId('enrol-label-error'), text);
  byId('enrol-label').setAttribute('aria-invalid', String(Boolean(text)));
}

async function submit() {
  const label = byId('enrol-label').value.trim();
  labelError(label ? '' : t('enrol.label.missing'));
  message(byId('enrol-pictures-error'), pictures.length ? '' : t('enrol.pictures.missing'));
  if (!label) {
    byId('enrol-label').focus();
  } else if (!pictures.length) {
    byId('enrol-file').focus();
  } else {
    await enrol(label, pictures, []);
  }
}

async function enrol(label, chosen, accept) {
  const button = byId('enrol-submit');
  button.disabled = true;
  announce(t('enrol.working'));
  byId('enrol-result').replaceChildren(el('p', {}, t('enrol.working')));
  try {
    const answer = await enrolInBatches(label, chosen, accept);
    if (answer.labelProblem) {
      byId('enrol-result').replaceChildren();
      labelError(answer.labelProblem);
      byId('enrol-label').focus();
      return;
    }
    source.stop();
    const judged = answer.results.filter(result => !result.unsent).map(result => result.picture);
    pictures = pictures.filter(picture => !judged.includes(picture));
    showPictures();
    if (answer.results.every(result => result.stored) && byId('enrol-label').value.trim() === label) {
      byId('enrol-label').value = '';
    }
    showResult(label, answer);
    status.refresh();
  } finally {
    button.disabled = false;
  }
}

/** Sends it in requests of bearable size; the answers become one, with a result for each picture. */
async function enrolInBatches(label, chosen, accept) {
  const whole = { label, total: 0, results: [] };
  for (const batch of batches(chosen)) {
    let results;
    try {
      const answer = await api.enrol(label, batch, accept);
      whole.label = answer.label;
      whole.total = answer.total;
      results = answer.results;
    } catch (error) {
      if (error.code === 'invalid_label') {
        return { labelProblem: error.message };
      }
      results = error.results?.length ? error.results
        : batch.map(() => ({ stored: false, unsent: true, reason: { code: error.code, detail: error.message } }));
    }
    whole.results.push(...results.map((result, i) => ({ ...result, picture: batch[i] })));
  }
  return whole;
}

function showResult(label, answer) {
  const stored = answer.results.filter(result => result.stored).length;
  const refused = answer.results.filter(result => !result.stored && OVERRULABLE.includes(result.reason?.code));
  const tone = stored === 0 ? 'bad' : stored < answer.results.length ? 'warn' : 'good';
  const headline = stored === 0 ? t('enrol.none') : t('enrol.done', { n: stored, name: answer.label });
  const heading = el('h2', { tabindex: '-1', id: 'enrol-result-title' }, headline);
  byId('enrol-result').replaceChildren(el('div', { class: `card ${tone}` },
    heading,
    answer.total > stored ? el('p', {}, t('enrol.total', { n: answer.total, name: answer.label })) : null,
    el('ul', { class: 'pictures', 'aria-labelledby': 'enrol-result-title' }, ...answer.results.map(resultItem)),
    ...overruling(label, refused)));
  heading.focus();
}

function resultItem(result) {
  const { picture } = result;
  const tone = result.stored ? (result.duplicate_of ? 'warn' : 'good') : 'bad';
  return el('li', {},
    thumb(picture, marksOf(result, tone), result.image?.rotation ?? 0),
    el('p', {}, picture.name),
    el('p', { class: `verdict ${tone}` }, t(result.stored ? 'enrol.stored' : 'enrol.refused')),
    ...reasons(result).map(text => el('p', {}, text)));
}

function reasons(result) {
  const lines = [];
  if (result.duplicate_of) {
    lines.push(t(result.stored ? 'enrol.duplicate.stored' : 'enrol.duplicate', { name: result.duplicate_of.label }));
  } else if (result.reason) {
    lines.push(result.reason.detail);
  }
  if (result.stored && result.quality) {
    lines.push(t('enrol.stored.quality', { quality: qualityText(result.quality) }));
  }
  return lines;
}

function marksOf(result, tone) {
  const { drawable } = result.picture;
  const size = result.image ?? (drawable && { width: drawable.naturalWidth, height: drawable.naturalHeight });
  const boxes = result.box ? [result.box] : result.reason?.faces ?? [];
  return size ? boxes.map(box => ({ box, size, tone, title: '' })) : [];
}

/** What the user may overrule, what that means, and the button for it. */
function overruling(label, refused) {
  if (refused.length === 0) {
    return [];
  }
  const codes = OVERRULABLE.filter(code => refused.some(result => result.reason.code === code));
  return [
    ...codes.map(code => el('p', {}, t(`enrol.anyway.${code}`))),
    el('button', {
      type: 'button',
      class: 'button',
      id: 'enrol-anyway',
      click: () => enrol(label, refused.map(result => result.picture), codes),
    }, t('enrol.anyway', { name: label })),
  ];
}

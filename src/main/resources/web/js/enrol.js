import * as api from './api.js';
import { batches } from './batches.js';
import { Camera } from './camera.js';
import { ask } from './dialogs.js';
import { announce, byId, el, message, show } from './dom.js';
import { drawPicture } from './draw.js';
import { features } from './features.js';
import { qualityText, refusal } from './findings.js';
import { guided, ofTheBox } from './guided.js';
import { nearTwins } from './names.js';
import { decode, openPicture } from './pictures.js';
import { cutOut, questions } from './refusals.js';
import { PictureSource } from './source.js';
import * as status from './status.js';
import { t } from './strings.js';
import { success } from './toast.js';

// The view that enrols a person from photos and camera pictures, or by looking into a camera.

const THUMB = 320;
const SUGGESTED = 1000;
const QUALITY = 0.92;

let source;
let pictures = [];
let snapshots = 0;
let names = [];
let guide = null;

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

/** @param label whose photos shall be added, if that is known */
export async function enter(label = null) {
  if (label !== null) {
    byId('enrol-label').value = label;
    history.replaceState(null, '', '#enrol');
  }
  const [people, { cameras }] = await Promise.all([api.list(null, SUGGESTED).catch(() => ({ people: [] })), features()]);
  names = people.people.map(person => person.label);
  byId('enrol-names').replaceChildren(...names.map(name => el('option', { value: name })));
  byId('enrol-guides').replaceChildren(
    guideButton(t('enrol.guide.here'), webcam),
    ...(cameras ?? []).filter(camera => camera.picture !== false)
      .map(camera => guideButton(t('enrol.guide.door', { camera: camera.id }), () => ofTheBox(camera.id))));
}

export function leave() {
  source.stop();
  endGuide();
}

function guideButton(text, look) {
  return el('button', {
    type: 'button',
    class: 'button',
    click: () => {
      leave();
      guide = guided(look(), { name: byId('enrol-label'), before: known });
      byId('enrol-guide').replaceChildren(guide.node);
      guide.node.querySelector('#guide-begin').click();
    },
  }, text);
}

function endGuide() {
  guide?.stop();
  guide = null;
  byId('enrol-guide').replaceChildren();
}

/** The camera of this device, as the guide looks through it. */
function webcam() {
  const video = el('video', { muted: true, playsinline: true, 'aria-hidden': 'true' });
  video.muted = true;
  const camera = new Camera(video);
  return { screen: video, grab: () => camera.grab(), begin: () => camera.start(), stop: () => camera.stop(), door: false };
}

/** Asks where a name is hardly told apart from another. @returns the name that is meant, or null */
async function known(label) {
  const twins = nearTwins(label, names);
  if (twins.length === 0 || names.includes(label)) {
    return label;
  }
  const choices = [...twins, label].map(value => el('input', { type: 'radio', name: 'twin', value }));
  choices[0].checked = true;
  const meant = await ask({
    title: t('enrol.twin.title'),
    body: [el('fieldset', {}, el('legend', {}, t('enrol.twin.text', { name: label })),
      ...choices.map(choice => el('label', { class: 'check' }, choice, ' ',
        el('span', {}, choice.value === label ? t('enrol.twin.new', { name: label }) : t('enrol.twin.same', { name: choice.value })))))],
    ok: t('enrol.twin.ok'),
    act: async () => choices.find(choice => choice.checked).value,
  });
  if (meant) {
    byId('enrol-label').value = meant;
  }
  return meant ?? null;
}

/** Each file has its place at once, whatever it takes to read it. */
async function addFiles(files) {
  const added = files.map(file => ({ name: file.name, loading: true }));
  pictures.push(...added);
  showPictures();
  const failures = [];
  await Promise.all(added.map(async (picture, i) => {
    picture.ready = openPicture(files[i]).then(opened => Object.assign(picture, opened), error => {
      failures.push(error.message);
      pictures.splice(pictures.indexOf(picture), 1);
    });
    await picture.ready;
    picture.loading = false;
    showPictures();
  }));
  message(byId('enrol-pictures-error'), failures.join(' '));
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
  byId('enrol-pictures').replaceChildren(...pictures.map(picture => el('li', { 'aria-busy': String(picture.loading === true) },
    picture.loading ? el('div', { class: 'thumb' }, t('photo.loading')) : thumb(picture),
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
    const meant = await known(label);
    if (meant !== null) {
      await Promise.all(pictures.map(picture => picture.ready));
      await enrol(meant, [...pictures], []);
    }
  }
}

/** @param accept refusals that do not count for these pictures, besides those that each has been let pass before */
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
    const stored = answer.results.filter(result => result.stored).length;
    if (stored > 0) {
      success(t('enrol.done', { n: stored, name: answer.label }));
      names = [...new Set([...names, answer.label])];
    }
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
  const tone = stored === 0 ? 'bad' : stored < answer.results.length ? 'warn' : 'good';
  const headline = stored === 0 ? t('enrol.none') : t('enrol.done', { n: stored, name: answer.label });
  const heading = el('h2', { tabindex: '-1', id: 'enrol-result-title' }, headline);
  byId('enrol-result').replaceChildren(el('div', { class: `card ${tone}` },
    heading,
    answer.total > stored ? el('p', {}, t('enrol.total', { n: answer.total, name: answer.label })) : null,
    el('ul', { class: 'pictures', 'aria-labelledby': 'enrol-result-title' }, ...answer.results.map(result => resultItem(label, result))),
    ...overruling(label, answer.results)));
  heading.focus();
}

function resultItem(label, result) {
  const { picture } = result;
  const tone = result.stored ? (result.duplicate_of || result.faces_found > 1 ? 'warn' : 'good') : 'bad';
  return el('li', {},
    thumb(picture, marksOf(result, tone), result.image?.rotation ?? 0),
    el('p', {}, picture.name),
    el('p', { class: `verdict ${tone}` }, t(result.stored ? 'enrol.stored' : 'enrol.refused')),
    ...reasons(result).map(text => el('p', {}, text)),
    ...faces(label, result));
}

function reasons(result) {
  const lines = [];
  if (result.duplicate_of) {
    lines.push(t(result.stored ? 'enrol.duplicate.stored' : 'enrol.duplicate', { name: result.duplicate_of.label }));
  } else if (result.reason?.code === 'several_faces') {
    lines.push(t('enrol.several'));
  } else if (result.reason) {
    lines.push(refusal(result));
  }
  if (result.stored && result.faces_found > 1) {
    lines.push(t('enrol.largest', { n: result.faces_found }));
  }
  if (result.stored && result.quality) {
    lines.push(t('enrol.stored.quality', { quality: qualityText(result.quality) }));
  }
  return lines;
}

/** Of a picture with several faces: each cut out, to be chosen by a click. */
function faces(label, result) {
  const { drawable } = result.picture;
  if (result.reason?.code !== 'several_faces' || !drawable) {
    return [];
  }
  // As the box turned it.
  const whole = document.createElement('canvas');
  drawPicture(whole, drawable, [], result.image?.rotation ?? 0, Infinity);
  const boxes = result.reason.faces ?? [];
  return [el('div', { class: 'faces' }, ...boxes.map((box, i) => {
    const cut = document.createElement('canvas');
    draw(cut, whole, cutOut(box, whole, boxes.filter(other => other !== box)));
    return el('button', {
      type: 'button',
      class: 'button face',
      'aria-label': t('enrol.face.which', { n: i + 1, name: result.picture.name }),
      click: async () => {
        const blob = await new Promise(resolve => { cut.toBlob(resolve, 'image/jpeg', QUALITY); });
        await enrol(label, [{ blob, name: result.picture.name, drawable: await decode(blob) }], []);
      },
    }, cut);
  }))];
}

function draw(canvas, whole, { x, y, width, height }) {
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d').drawImage(whole, x, y, width, height, 0, 0, width, height);
}

function marksOf(result, tone) {
  const { drawable } = result.picture;
  const size = result.image ?? (drawable && { width: drawable.naturalWidth, height: drawable.naturalHeight });
  const boxes = result.box ? [result.box] : result.reason?.faces ?? [];
  return size ? boxes.map(box => ({ box, size, tone, title: '' })) : [];
}

/** For each kind of refusal that may be overruled, what that means and a button for it alone. */
function overruling(label, results) {
  return questions(results).flatMap(({ code, refused, accept }) => [
    el('p', {}, t(`enrol.anyway.${code}`)),
    el('div', { class: 'actions' }, el('button', {
      type: 'button',
      class: 'button',
      'data-overrule': code,
      click: () => {
        refused.forEach(({ picture }) => { picture.accepted = accept; });
        enrol(label, refused.map(result => result.picture), accept);
      },
    }, t(`enrol.overrule.${code}`, { n: refused.length, name: label }))),
  ]);
}

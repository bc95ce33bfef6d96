import { el } from './dom.js';
import { decimal, known as text, percent, t, translated } from './strings.js';

// What an identification says, three ways: marks for the picture, cards to read, one sentence to hear.

const UNKNOWN = 'unknown';

/** The faces of an answer, whether all were asked for or one. */
export function facesOf(answer) {
  return answer.faces ?? [answer];
}

const known = face => face.label !== undefined && face.label !== UNKNOWN;

const tone = face => (face.reason ? 'bad' : known(face) ? 'good' : 'warn');

/** For draw.js. */
export function marksOf(answer) {
  return facesOf(answer).map(face => ({ box: face.box, size: answer.image, tone: tone(face), title: title(face) }));
}

/** For draw.js: faces that a refusal is about, in pixels of an upright image of this size. */
export function marksOfProblem(faces, size) {
  return faces.map(box => ({ box, size, tone: 'bad', title: '' }));
}

function title(face) {
  if (face.reason) {
    return t('identify.refused');
  }
  const name = known(face) ? face.label : t('identify.unknown');
  return typeof face.distance === 'number' ? t('identify.mark', { name, distance: decimal(face.distance) }) : name;
}

/** The whole answer as one text, e.g. for a screen reader. */
export function sentence(answer) {
  const faces = facesOf(answer);
  const words = faces.map(face => {
    if (face.reason) {
      return refusal(face);
    }
    if (typeof face.distance !== 'number') {
      return t('identify.say.empty');
    }
    const distance = decimal(face.distance);
    return known(face) ? t('identify.say.known', { name: face.label, distance }) : t('identify.say.unknown', { distance });
  });
  return (faces.length > 1 ? [t('identify.say.count', { n: faces.length }), ...words] : words).join(' ');
}

/** Who was seen, without the figures: changes only when something happened in front of the camera. */
export function gist(answer) {
  return facesOf(answer).map(face => (face.reason ? t('identify.refused') : known(face) ? face.label : t('identify.unknown'))).join(', ');
}

/** One card for each face. */
export function cards(answer) {
  return facesOf(answer).map(face => card(face, answer));
}

function card(face, answer) {
  const name = face.reason ? t('identify.refused') : known(face) ? face.label : t('identify.unknown');
  return el('article', { class: `card ${tone(face)}` },
    el('p', { class: 'name' }, name),
    el('p', {}, explanation(face, answer.threshold)),
    candidates(face.candidates ?? []),
    el('details', {}, el('summary', {}, t('identify.details')), details(face, answer)));
}

function explanation(face, threshold) {
  if (face.reason) {
    return refusal(face);
  }
  if (typeof face.distance !== 'number') {
    return t('identify.nobody');
  }
  const values = { distance: decimal(face.distance), threshold: decimal(threshold.distance) };
  if (known(face)) {
    return t('identify.distance', values);
  }
  return face.unknown_because === 'ambiguous' ? t('identify.ambiguous') : t('identify.distance.over', values);
}

function candidates(list) {
  if (list.length === 0) {
    return null;
  }
  const rows = list.map(candidate => el('tr', {},
    el('th', { scope: 'row' }, candidate.label), el('td', { class: 'number' }, decimal(candidate.distance))));
  return el('table', { class: 'candidates' },
    el('caption', { class: 'visually-hidden' }, t('identify.candidates')),
    el('thead', {}, el('tr', {},
      el('th', { scope: 'col' }, t('identify.candidates')),
      el('th', { scope: 'col', class: 'number' }, t('identify.distance.head')))),
    el('tbody', {}, ...rows));
}

function details(face, answer) {
  const lines = [
    ['detail.similarity', number(face.similarity, 3)],
    ['detail.margin', number(face.margin, 3)],
    ['detail.threshold', thresholdText(answer.threshold)],
    ['detail.quality', qualityText(face.quality)],
    ['detail.liveness', livenessText(face.liveness)],
    ['detail.face', t('detail.box', {
      width: Math.round(face.box.width),
      height: Math.round(face.box.height),
      x: Math.round(face.box.x),
      y: Math.round(face.box.y),
    })],
    ['detail.model', answer.model_id],
  ];
  return el('dl', {}, ...lines.filter(([, text]) => text)
    .flatMap(([key, text]) => [el('dt', {}, t(key)), el('dd', {}, text)]));
}

const number = (value, digits) => (typeof value === 'number' ? decimal(value, digits) : null);

function thresholdText(threshold) {
  const values = { distance: decimal(threshold.distance), target: percent(threshold.target), n: threshold.templates ?? 0 };
  return t(`threshold.${threshold.source}`, values);
}

export function qualityText(quality) {
  return [decimal(quality.score), ...quality.issues.map(issueText)].join('; ');
}

const issueText = ({ kind, detail }) => text(`issue.${kind}`) ?? detail;

/** Why a face or a photo was refused, and what to do. */
export function refusal({ reason, quality }) {
  const said = translated(reason.code, reason.detail);
  return reason.code === 'low_quality' && quality?.issues.length > 0 ? [said, ...quality.issues.map(issueText)].join(' ') : said;
}

function livenessText(liveness) {
  return liveness.checks.map(check => t(check.passed ? 'detail.check.passed' : 'detail.check.failed', {
    name: check.name.replaceAll('_', ' '),
    value: decimal(check.value),
    limit: decimal(check.threshold),
  })).join('; ');
}

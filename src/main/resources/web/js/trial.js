import * as api from './api.js';
import { verdicts } from './changes.js';
import { el } from './dom.js';
import { drawPicture } from './draw.js';
import { t } from './strings.js';

// A camera is tried: its picture with a frame around each face, and what it is worth.

/** Fills a place with what the camera shows. @returns whether there was a picture */
export async function tryCamera(camera, place) {
  place.replaceChildren(el('p', { role: 'status' }, t('trial.working')));
  let trial;
  try {
    trial = await api.tryCamera(camera);
  } catch (error) {
    place.replaceChildren(el('p', { class: 'error', role: 'alert' }, error.message));
    return false;
  }
  if (trial.picture === null) {
    place.replaceChildren(el('p', { class: 'error', role: 'alert' }, t('trial.no', { why: trial.detail })));
    return false;
  }
  const canvas = el('canvas', { role: 'img', 'aria-label': t('trial.picture', { n: trial.faces.length }) });
  const found = verdicts(trial);
  place.replaceChildren(
    el('ul', { class: 'verdicts', role: 'status' },
      ...found.map(({ key, values, tone }) => el('li', { class: `verdict ${tone}` }, t(key, values)))),
    el('div', { class: 'stage' }, canvas));
  const picture = new Image();
  picture.src = `data:image/jpeg;base64,${trial.picture}`;
  await picture.decode();
  drawPicture(canvas, picture, trial.faces.map(face => ({
    box: face,
    size: { width: trial.width, height: trial.height },
    title: t('trial.pixels', { size: face.size }),
    tone: face.issues.length === 0 ? 'good' : 'warn',
  })));
  return true;
}

import * as api from './api.js';
import { verdicts } from './changes.js';
import { el, problemBox } from './dom.js';
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

/**
 * The cameras that the box finds by itself, each a button.
 *
 * @param user,password fields with the login of a network camera
 * @param choose called with the address of the stream that was chosen
 * @param result where it is said if a camera tells nothing
 * @returns what to show
 */
export function cameraSearch({ user, password, choose, result }) {
  const list = el('div', { class: 'choices' });
  const find = async () => {
    list.replaceChildren(el('p', { role: 'status' }, t('setup.camera.searching')));
    try {
      const found = await api.findCameras();
      list.replaceChildren(
        el('p', { role: 'status' }, found.length === 0 ? t('setup.camera.none') : t('setup.camera.found', { n: found.length })),
        ...found.map(one => el('button', {
          type: 'button',
          class: 'button choice',
          click: () => chosen(one),
        }, one.name || one.source, ' ', el('span', { class: 'quiet' }, one.name ? one.source : ''))));
    } catch (error) {
      list.replaceChildren(problemBox(error));
    }
  };
  const chosen = async one => {
    if (one.kind !== 'onvif') {
      choose(one.source);
      return;
    }
    try {
      choose((await api.cameraStreams(one.source, user.value.trim(), password.value))[0].address);
    } catch (error) {
      result.replaceChildren(el('p', { class: 'error', role: 'alert' }, `${error.message}. ${t('setup.camera.login')}`));
      user.focus();
    }
  };
  find();
  return el('div', {}, list, el('div', { class: 'actions' }, el('button', { type: 'button', class: 'button', click: find }, t('setup.camera.again'))));
}

import * as api from './api.js';
import { announce, byId, problemBox, show } from './dom.js';
import { drawOverlay, drawPicture } from './draw.js';
import { cards, gist, marksOf, marksOfProblem, sentence } from './findings.js';
import { openPicture } from './pictures.js';
import { PictureSource } from './source.js';
import { pause } from './stream.js';
import { t } from './strings.js';

// The view that says who is in a picture. Each new picture, and the camera, cancels what was asked before.

/** Milliseconds from the start of one look of the camera to the next. */
const BEAT = 1000;
/** Refusals that are the normal state of an empty doorway. */
const NOBODY_THERE = 'no_face';

let source;
let current = new AbortController();
let shown = null;

export function start() {
  source = new PictureSource('identify', {
    dropOn: byId('identify-stage'),
    onFiles: files => identifyFile(files[0]),
    onCamera: on => (on ? watch() : leaveCamera()),
  });
  byId('identify-all').addEventListener('change', () => {
    if (shown && !source.camera.on) {
      identifyPicture(shown);
    }
  });
  document.addEventListener('paste', event => {
    const file = [...(event.clipboardData?.files ?? [])].find(item => item.type.startsWith('image/'));
    if (file && !byId('view-identify').hidden) {
      identifyFile(file);
    }
  });
}

/** The view is left: the camera goes off, and nothing is asked any more. */
export function leave() {
  source.stop();
  begin();
}

/** Cancels what goes on; the signal belongs to what follows. */
function begin() {
  current.abort();
  current = new AbortController();
  return current.signal;
}

async function identifyFile(file) {
  source.stop();
  try {
    shown = await openPicture(file);
  } catch (error) {
    shown = null;
    show(byId('identify-canvas'), false);
    return refuse(error);
  }
  return identifyPicture(shown);
}

async function identifyPicture(picture) {
  const signal = begin();
  const canvas = byId('identify-canvas');
  show(byId('identify-hint'), false);
  show(canvas, picture.drawable !== null);
  if (picture.drawable) {
    drawPicture(canvas, picture.drawable);
    canvas.setAttribute('aria-label', picture.name);
  }
  busy(true);
  try {
    const answer = await api.identify(picture, { all: byId('identify-all').checked, signal });
    if (picture.drawable) {
      drawPicture(canvas, picture.drawable, marksOf(answer), answer.image.rotation);
      canvas.setAttribute('aria-label', sentence(answer));
    }
    findings(cards(answer));
    announce(sentence(answer));
  } catch (error) {
    if (!signal.aborted) {
      if (picture.drawable) {
        drawPicture(canvas, picture.drawable, marksOfProblem(error.faces ?? [], sizeOf(picture.drawable)));
      }
      refuse(error);
    }
  } finally {
    if (!signal.aborted) {
      busy(false);
    }
  }
}

/** Looks once a second while the camera is on, and never asks again before the last answer is there. */
async function watch() {
  const signal = begin();
  const canvas = byId('identify-canvas');
  shown = null;
  show(byId('identify-hint'), false);
  show(canvas, true);
  canvas.classList.add('over');
  canvas.width = 0;
  findings([waiting()]);
  let last = '';
  while (!signal.aborted) {
    const began = performance.now();
    let rest = BEAT;
    try {
      const frame = { blob: await source.camera.grab(), name: 'camera.jpg' };
      const answer = await api.identify(frame, { all: byId('identify-all').checked, signal });
      const { width, height } = answer.image;
      if (answer.image.rotation === 0) {
        drawOverlay(canvas, width, height, marksOf(answer), source.camera.mirrored);
      } else {
        canvas.width = 0;
      }
      canvas.setAttribute('aria-label', sentence(answer));
      update(cards(answer));
      if (gist(answer) !== last) {
        last = gist(answer);
        announce(sentence(answer));
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      canvas.width = 0;
      last = '';
      rest = Math.max(BEAT, (error.retryAfter ?? 0) * 1000);
      if (error.code === NOBODY_THERE) {
        findings([waiting()]);
        announce(t('identify.watching'));
      } else {
        refuse(error);
        if (error.status === 401 || error.status === 403) {
          source.stop();
          return;
        }
      }
    }
    await pause(rest - (performance.now() - began), signal);
  }
}

/** What was found last stays to be read; its boxes would hang in the air. */
function leaveCamera() {
  begin();
  byId('identify-canvas').classList.remove('over');
  show(byId('identify-canvas'), false);
  show(byId('identify-hint'), true);
}

function refuse(error) {
  findings([problemBox(error)]);
}

function waiting() {
  const text = document.createElement('p');
  text.textContent = t('identify.watching');
  return text;
}

function findings(nodes) {
  byId('identify-findings').replaceChildren(...nodes);
}

/** As findings, but what the user opened to read stays open, and the focus where it is. */
function update(nodes) {
  const before = [...byId('identify-findings').querySelectorAll('details')];
  const open = before.map(node => node.open);
  const focused = before.findIndex(node => node.contains(document.activeElement));
  findings(nodes);
  const after = [...byId('identify-findings').querySelectorAll('details')];
  after.forEach((node, i) => { node.open = open[i] ?? false; });
  if (focused >= 0) {
    after[focused]?.querySelector('summary').focus();
  }
}

function busy(on) {
  byId('identify-findings').setAttribute('aria-busy', String(on));
  if (on) {
    const text = document.createElement('p');
    text.textContent = t('identify.working');
    findings([text]);
  }
}

const sizeOf = image => ({ width: image.naturalWidth, height: image.naturalHeight });

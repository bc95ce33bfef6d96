import * as api from './api.js';
import { announce, el, message } from './dom.js';
import { explanation } from './events.js';
import { inTheWay, leftOut, POSES, testOf } from './poses.js';
import { refresh } from './status.js';
import { listen } from './stream.js';
import { decimal, t } from './strings.js';

// Enrolment by looking into a camera: view after view is taken by itself, then it is tried at once whether the person is
// recognised, and before the door's own camera one walks to the door.

const TESTS = 8;

/** Pictures of a camera of the box. */
export function ofTheBox(camera) {
  const picture = el('img', { class: 'guide-picture', alt: '' });
  let url = null;
  let after = 0;
  return {
    screen: picture,
    grab: async signal => {
      const { blob, sequence } = await api.picture(camera, after, signal);
      after = sequence;
      URL.revokeObjectURL(url);
      url = URL.createObjectURL(blob);
      picture.src = url;
      return blob;
    },
    begin: async () => {},
    stop: () => URL.revokeObjectURL(url),
    door: true,
  };
}

/**
 * @param source `{screen, grab(signal), begin(), stop(), door}`: what is looked at, a picture of now, and whether it is at a door
 * @param name field for the name, or null for one of its own
 * @param before asked with the name whether to go on: `async label => label or null`
 * @returns `{node, stop}`
 */
export function guided(source, { name = null, before = async label => label } = {}) {
  const control = new AbortController();
  const { signal } = control;
  const own = name === null;
  const input = name ?? el('input', { type: 'text', id: 'guide-name', maxlength: '200', autocomplete: 'off', spellcheck: 'false' });
  const say = el('p', { class: 'guide-say', role: 'status' }, t('guide.ready'));
  const problem = el('p', { class: 'error', role: 'alert', hidden: true });
  const bar = el('progress', { max: POSES.length, value: 0, 'aria-label': t('guide.progress') });
  const quality = el('meter', { min: 0, max: 1, low: 0.4, high: 0.6, optimum: 1, value: 0, 'aria-label': t('guide.quality') });
  const stage = el('div', { class: 'guide-stage' }, source.screen, el('div', { class: 'oval', 'aria-hidden': 'true' }));
  const begin = el('button', {
    type: 'button',
    class: 'button primary',
    id: 'guide-begin',
    click: async () => {
      message(problem, input.value.trim() ? '' : t('enrol.label.missing'));
      if (!input.value.trim()) {
        input.focus();
        return;
      }
      begin.disabled = true;
      try {
        const label = await before(input.value.trim());
        if (label !== null) {
          await source.begin();
          await run(label);
        }
      } catch (error) {
        if (error.name !== 'AbortError') {
          message(problem, error.message);
        }
      }
      begin.disabled = false;
    },
  }, t('guide.begin'));

  let skipped = false;
  const skip = el('button', {
    type: 'button',
    class: 'button',
    id: 'guide-skip',
    hidden: true,
    click: () => { skipped = true; },
  }, t('guide.skip'));

  async function run(label) {
    const views = [];
    let straight;
    skip.hidden = false;
    for (const [i, pose] of POSES.entries()) {
      bar.value = i;
      skipped = false;
      let turning = null;
      for (let taken = false; !taken && !skipped;) {
        signal.throwIfAborted();
        const blob = await source.grab(signal);
        const found = await faces(blob);
        const reason = inTheWay(pose, found, straight);
        quality.value = found.length === 1 ? found[0].quality.score : 0;
        stage.dataset.tone = reason === null ? 'good' : 'plain';
        const words = `${t(`guide.pose.${pose}`)} ${reason === null ? '✓' : t(reason)}`;
        if (say.textContent !== words) {
          say.textContent = words;
        }
        if (reason === null) {
          straight ??= found[0].quality;
          views.push({ blob, name: `${pose}.jpg` });
          taken = true;
        } else if (reason === 'guide.turn' || reason === 'guide.straight') {
          turning ??= performance.now();
          if (leftOut(pose, performance.now() - turning)) {
            announce(t('guide.left_out'));
            skipped = true;
          }
        }
      }
    }
    bar.value = POSES.length;
    skip.hidden = true;
    if (views.length === 0) {
      throw new Error(t('guide.none'));
    }
    const answer = await api.enrol(label, views);
    say.textContent = t('guide.enrolled', { n: answer.enrolled, name: answer.label });
    announce(say.textContent);
    refresh();
    await test(answer.label);
    if (source.door) {
      walk(answer.label);
    }
  }

  /** Whether the box knows the person now, and how far the nearest other one is. */
  async function test(label) {
    for (let i = 0; i < TESTS; i++) {
      signal.throwIfAborted();
      let answer;
      try {
        answer = await api.identify({ blob: await source.grab(signal), name: 'test.jpg' }, { all: false, signal });
      } catch (error) {
        if (error.name === 'AbortError') {
          throw error;
        }
        continue;
      }
      const found = testOf(label, answer);
      if (found !== null) {
        const values = { name: label, distance: decimal(found.distance), other: found.other === null ? '' : decimal(found.other) };
        say.className = 'guide-say verdict good';
        begin.classList.remove('primary');
        say.textContent = `✓ ${t(found.other === null ? 'guide.test.alone' : 'guide.test.good', values)}`;
        announce(say.textContent);
        return;
      }
    }
    say.className = 'guide-say verdict warn';
    say.textContent += ` ${t('guide.test.failed')}`;
  }

  /** Waits until the door has let in whom it has just learnt. */
  function walk(label) {
    const walking = el('p', { class: 'guide-walk', role: 'status' }, t('guide.walk'));
    say.after(walking);
    const stop = listen('event', event => {
      if (event.decision && event.label === label) {
        const granted = event.decision.verdict === 'granted';
        walking.className = `guide-walk verdict ${granted ? 'good' : 'warn'}`;
        walking.textContent = granted ? `✓ ${t('guide.granted', { name: label })}` : t('guide.denied', { name: label, why: explanation(event) ?? '' });
        stop();
      }
    });
    signal.addEventListener('abort', stop);
  }

  return {
    node: el('div', { class: 'guide' },
      el('div', {},
        own ? el('div', { class: 'field' }, el('label', { for: 'guide-name' }, t('enrol.label')), input) : null,
        el('div', { class: 'actions' }, begin, skip), say, bar, problem),
      el('div', {}, stage, quality)),
    stop: () => {
      control.abort();
      source.stop();
    },
  };
}

/** Nobody in the picture is an answer here, and no error. */
async function faces(blob) {
  try {
    return (await api.detect(blob)).faces;
  } catch (error) {
    if (error.code === 'no_face') {
      return [];
    }
    throw error;
  }
}

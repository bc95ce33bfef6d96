import * as api from './api.js';
import { announce, el, message } from './dom.js';
import { explanation } from './events.js';
import { inTheWay, POSES } from './poses.js';
import { listen } from './stream.js';
import { t } from './strings.js';

// Enrolment before the door's own camera: view after view is taken by itself, and at the end one walks to the door.

/** @returns `{node, stop}` */
export function guided(camera) {
  const control = new AbortController();
  const { signal } = control;
  const name = el('input', { type: 'text', id: 'guide-name', maxlength: '200', autocomplete: 'off', spellcheck: 'false' });
  const picture = el('img', { class: 'guide-picture', alt: t('guide.picture') });
  const say = el('p', { class: 'guide-say', role: 'status' });
  const problem = el('p', { class: 'error', role: 'alert', hidden: true });
  const bar = el('progress', { max: POSES.length, value: 0, 'aria-label': t('guide.progress') });
  const begin = el('button', {
    type: 'button',
    class: 'button primary',
    id: 'guide-begin',
    click: async () => {
      const label = name.value.trim();
      message(problem, label ? '' : t('enrol.label.missing'));
      if (!label) {
        name.focus();
        return;
      }
      begin.disabled = true;
      try {
        await run(label);
      } catch (error) {
        if (error.name !== 'AbortError') {
          message(problem, error.message);
        }
      }
      begin.disabled = false;
    },
  }, t('guide.begin'));

  async function run(label) {
    const views = [];
    let after = 0;
    for (const pose of POSES) {
      bar.value = views.length;
      for (let taken = false; !taken;) {
        signal.throwIfAborted();
        const { blob, sequence } = await api.picture(camera, after, signal);
        after = sequence;
        show(blob);
        const reason = inTheWay(pose, await faces(blob));
        const words = `${t(`guide.pose.${pose}`)} ${reason === null ? '✓' : t(reason)}`;
        if (say.textContent !== words) {
          say.textContent = words;
        }
        if (reason === null) {
          views.push({ blob, name: `${pose}.jpg` });
          taken = true;
        }
      }
    }
    bar.value = POSES.length;
    const answer = await api.enrol(label, views);
    say.textContent = t('guide.enrolled', { n: answer.enrolled, name: answer.label });
    announce(say.textContent);
    walk(answer.label);
  }

  /** Waits until the door has let in whom it has just learnt. */
  function walk(label) {
    say.textContent += ` ${t('guide.walk')}`;
    const stop = listen('event', event => {
      if (event.decision && event.label === label) {
        const granted = event.decision.verdict === 'granted';
        say.className = `guide-say verdict ${granted ? 'good' : 'warn'}`;
        say.textContent = granted ? `✓ ${t('guide.granted', { name: label })}` : t('guide.denied', { name: label, why: explanation(event) ?? '' });
        stop();
      }
    });
    signal.addEventListener('abort', stop);
  }

  let url = null;
  function show(blob) {
    URL.revokeObjectURL(url);
    url = URL.createObjectURL(blob);
    picture.src = url;
  }

  return {
    node: el('div', { class: 'guide' },
      el('div', { class: 'field' }, el('label', { for: 'guide-name' }, t('enrol.label')), name),
      el('div', { class: 'actions' }, begin), picture, bar, say, problem),
    stop: () => {
      control.abort();
      URL.revokeObjectURL(url);
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

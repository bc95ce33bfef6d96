import { el } from './dom.js';

// A button that is held for a second, so that nobody opens a door by brushing against it. By a screen reader's click, which cannot
// be held, it asks.

const HOLD = 1000;

/**
 * @param act called once it was held, `early` when it was let go too soon, `ask` when it was clicked without being held
 * @returns the button
 */
export function holdButton({ text, label, name, act, early, ask }) {
  let timer = null;
  let held = false;
  const begin = event => {
    if (button.disabled || timer !== null || (event.type === 'pointerdown' && event.button !== 0)) {
      return;
    }
    held = true;
    button.classList.add('holding');
    timer = setTimeout(() => {
      release();
      act();
    }, HOLD);
  };
  const release = () => {
    clearTimeout(timer);
    timer = null;
    button.classList.remove('holding');
  };
  const end = () => {
    if (timer !== null) {
      release();
      early();
    }
  };
  const isKey = event => event.key === ' ' || event.key === 'Enter';
  const button = el('button', {
    type: 'button',
    class: 'button primary hold',
    'data-act': name,
    'aria-label': label,
    pointerdown: begin,
    pointerup: end,
    pointerleave: end,
    pointercancel: end,
    blur: end,
    contextmenu: event => event.preventDefault(),
    keydown: event => {
      if (isKey(event)) {
        event.preventDefault();
        if (!event.repeat) {
          begin(event);
        }
      }
    },
    keyup: event => {
      if (isKey(event)) {
        event.preventDefault();
        end();
      }
    },
    click: () => {
      if (!held) {
        ask();
      }
      held = false;
    },
  }, text);
  return button;
}

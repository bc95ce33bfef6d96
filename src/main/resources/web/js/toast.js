import { announce, byId, el } from './dom.js';
import { t } from './strings.js';

// Says that something was done, to those who see and to those who listen. What cannot be taken back once it is done waits until
// nobody has taken it back.

const SHOWN = 6000;
const TO_UNDO = 8000;

let waiting = null;
let last = Promise.resolve();

/** Shows it for some seconds, and says it. */
export function success(text) {
  announce(text);
  put(text, 'good', SHOWN);
}

/** Likewise for what went wrong after the page had gone on. */
export function failure(text) {
  announce(text);
  put(text, 'bad', SHOWN);
}

/**
 * Does something in some seconds, unless it is taken back.
 *
 * @param act what is done then, at once if the page is left or something else is to be done
 * @param back called if it was taken back
 */
export function undoable(text, act, back) {
  flush();
  const undo = el('button', {
    type: 'button',
    class: 'link',
    click: () => {
      clearTimeout(mine.timer);
      waiting = waiting === mine ? null : waiting;
      toast.remove();
      back();
      announce(t('toast.undone'));
    },
  }, t('toast.undo'));
  const toast = put(text, 'good', TO_UNDO, undo);
  announce(`${text} ${t('toast.undo')}`);
  const mine = { act, toast, timer: setTimeout(flush, TO_UNDO) };
  waiting = mine;
}

/** Does at once what waits. @returns when it is done */
export function flush() {
  const due = waiting;
  waiting = null;
  if (due) {
    clearTimeout(due.timer);
    due.toast.remove();
    last = Promise.resolve(due.act()).catch(error => failure(error.message));
  }
  return last;
}

function put(text, tone, shown, button = null) {
  const toast = el('li', { class: `toast ${tone}` }, el('span', {}, text), button);
  const list = byId('toasts');
  // The same twice is no news.
  [...list.children].filter(other => button === null && other.textContent === text).forEach(other => other.remove());
  list.append(toast);
  while (list.children.length > 3) {
    list.firstElementChild.remove();
  }
  setTimeout(() => toast.remove(), shown);
  return toast;
}

addEventListener('pagehide', flush);

// Small helpers around the document. Text goes in as text nodes only, so a label can never become markup.

/** The element with this id; a wrong id fails here and not three lines later. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`no element #${id}`);
  }
  return found;
}

/**
 * Makes an element. `attributes` may hold `class`, any attribute, and listeners as functions under the
 * event's name; null and false are left out. Children are nodes or strings; null is left out.
 */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      made.addEventListener(name, value);
    } else if (value === true) {
      made.setAttribute(name, '');
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

export function show(element, visible) {
  element.hidden = !visible;
}

/** Puts a message into an element that is hidden while there is none. */
export function message(element, text) {
  element.textContent = text || '';
  element.hidden = !text;
}

let said = '';

/** Says it to screen readers. The same sentence is not said twice in a row. */
export function announce(text) {
  if (text !== said) {
    said = text;
    byId('live').textContent = text;
  }
}

/** A box with an error in it, for the place where the answer would have been. */
export function problemBox(problem) {
  return el('div', { class: 'notice bad', role: 'alert' }, el('p', {}, problem.message));
}

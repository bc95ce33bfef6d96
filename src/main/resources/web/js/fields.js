import { at, clockTime, DAYS, hoursOf, pairs, weekOf } from './changes.js';
import { el } from './dom.js';
import { MORE, WEEK } from './sections.js';
import { decimal, known, t, weekday } from './strings.js';

// Fields of the settings' forms. Each is `{node, value()}`; an empty one has the value null. A description is
// `[key, kind, choices]` with kind one of text, number, flag, choice, secret, list, date-list, days, pairs; a key such as `pin.alone` is one
// of a section. What comes after MORE is shown when it is asked for.

let made = 0;

/** A field for each description, with the values that are there. */
export function form(descriptions, values, hidden = () => false) {
  const fields = descriptions.filter(one => one !== MORE)
    .map(([key, kind, choices]) => [key, field(key, kind, at(values, key) ?? null, choices, hidden(key))]);
  const nodes = fields.map(([, one]) => one.node);
  const first = descriptions.indexOf(MORE);
  return {
    nodes: first < 0 ? nodes
      : [...nodes.slice(0, first), el('details', {}, el('summary', {}, t('settings.more')), ...nodes.slice(first))],
    value: () => Object.fromEntries(fields.map(([key, one]) => [key, one.value()])),
    input: key => Object.fromEntries(fields)[key].node.querySelector('input, select, textarea'),
  };
}

function field(key, kind, value, choices, hidden) {
  const id = `field-${++made}`;
  if (kind === 'flag') {
    const input = el('input', { type: 'checkbox', id });
    input.checked = value === true;
    const help = known(`field.${key}.help`);
    return {
      node: el('div', {}, el('label', { class: 'check' }, input, ' ', el('span', {}, t(`field.${key}`))), help ? el('p', { class: 'help' }, help) : null),
      value: () => input.checked,
    };
  }
  if (kind === 'choice') {
    return chosen(id, key, value, choices);
  }
  if (kind === 'days') {
    return daysOfTheWeek(key, value ?? []);
  }
  if (kind === 'pairs') {
    return lines(id, key, value);
  }
  const input = el('input', {
    id,
    type: kind === 'secret' ? 'password' : kind === 'number' ? 'number' : 'text',
    step: kind === 'number' ? 'any' : null,
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: hidden && kind === 'secret' ? t('field.set') : null,
  });
  input.value = kind === 'secret' || value === null ? '' : kind.endsWith('list') ? value.join(', ') : value;
  const help = hidden && kind !== 'secret' ? t('field.partly') : kind.endsWith('list') ? t('field.list') : known(`field.${key}.help`);
  const node = el('div', { class: 'field' }, el('label', { for: id }, t(`field.${key}`)), input,
    help ? el('p', { class: 'help', id: `${id}-help` }, help) : null);
  if (help) {
    input.setAttribute('aria-describedby', `${id}-help`);
  }
  return {
    node,
    value: () => {
      const text = input.value.trim();
      if (kind.endsWith('list')) {
        return text === '' ? [] : text.split(/\s*,\s*/);
      }
      return text === '' ? null : kind === 'number' ? Number(text) : text;
    },
  };
}

function daysOfTheWeek(key, value) {
  const boxes = WEEK.map((day, index) => {
    const input = el('input', { type: 'checkbox' });
    input.checked = value.includes(day);
    return { day, input, node: el('label', { class: 'check' }, input, ' ', el('span', {}, weekday(index))) };
  });
  return {
    node: el('fieldset', {}, el('legend', {}, t(`field.${key}`)), el('div', { class: 'days' }, ...boxes.map(box => box.node))),
    value: () => boxes.filter(box => box.input.checked).map(box => box.day),
  };
}

/** A line for each: a name and what belongs to it. */
function lines(id, key, value) {
  const text = el('textarea', { id, rows: '4', spellcheck: 'false', 'aria-describedby': `${id}-help` });
  text.value = Object.entries(value ?? {}).map(([name, meant]) => `${name}: ${meant}`).join('\n');
  return {
    node: el('div', { class: 'field' }, el('label', { for: id }, t(`field.${key}`)), text, el('p', { class: 'help', id: `${id}-help` }, t(`field.${key}.help`))),
    value: () => pairs(text.value),
  };
}

function chosen(id, key, value, choices) {
  const select = el('select', { id }, ...choices.map(choice => el('option', { value: String(choice ?? '') }, nameOf(key, choice))));
  select.value = String(value ?? '');
  return {
    node: el('div', { class: 'field' }, el('label', { for: id }, t(`field.${key}`)), select),
    value: () => choices.find(choice => String(choice ?? '') === select.value) ?? null,
    select,
  };
}

/** A word where the choice is one, the value itself where it is a number. */
function nameOf(key, choice) {
  return choice === null ? t('choice.none') : known(`choice.${key}.${choice}`) ?? String(choice);
}

/** What a recognition model reaches, and under which terms. */
export function modelText(model) {
  return [
    `${model.id} ${model.version}`,
    model.lfw_accuracy === null ? null : t('settings.model.reach', { share: decimal(model.lfw_accuracy * 100, 1) }),
    t('settings.model.terms', { licence: model.licence }),
  ].filter(Boolean).join(' · ');
}

/**
 * Hours as a week: a line for each day with the times from and to, and a button for a further span. Hours that cannot be shown so
 * are a line of text.
 */
export function weekGrid(hours, label) {
  const week = weekOf(hours);
  if (week === null) {
    const id = `field-${++made}`;
    const input = el('input', { type: 'text', id, value: hours.join('; ') });
    return {
      node: el('div', { class: 'field' }, el('label', { for: id }, label), input),
      value: () => input.value.split(';').map(text => text.trim()).filter(Boolean),
    };
  }
  const rows = week.map((spans, day) => dayRow(day, spans));
  const copy = el('button', {
    type: 'button',
    class: 'button',
    click: () => [1, 2, 3, 4].forEach(day => rows[day].put(rows[0].spans())),
  }, t('week.copy'));
  const always = el('button', {
    type: 'button',
    class: 'button week-always',
    click: () => rows.forEach(row => row.put([['00:00', '24:00']])),
  }, t('week.always'));
  return {
    node: el('fieldset', { class: 'week' }, el('legend', {}, label), ...rows.map(row => row.node), el('div', { class: 'actions' }, copy, always)),
    value: () => hoursOf(rows.map(row => row.spans())),
  };
}

function dayRow(day, spans) {
  const name = weekday(day);
  const list = el('div', { class: 'spans' });
  const add = (from, to) => {
    const inputs = [['week.from', from], ['week.to', to]].map(([key, time]) =>
      el('input', {
        type: 'text',
        class: 'time',
        maxlength: '5',
        autocomplete: 'off',
        placeholder: '07:00',
        'aria-label': t(key, { day: name }),
        value: time,
        change: ({ target }) => {
          target.value = clockTime(target.value) ?? target.value;
          target.setAttribute('aria-invalid', String(clockTime(target.value) === null));
        },
      }));
    const span = el('span', { class: 'span' }, inputs[0], '–', inputs[1],
      el('button', {
        type: 'button',
        class: 'button quiet',
        'aria-label': t('week.remove', { day: name }),
        click: () => {
          span.remove();
          more.focus();
        },
      }, '×'));
    list.append(span);
    return inputs[0];
  };
  const more = el('button', {
    type: 'button',
    class: 'button quiet',
    'aria-label': t('week.add', { day: name }),
    click: () => add('08:00', '17:00').focus(),
  }, '+');
  const put = all => {
    list.replaceChildren();
    all.forEach(([from, to]) => add(from, to));
  };
  put(spans);
  return {
    node: el('div', { class: 'day', 'data-day': DAYS[day] }, el('span', { class: 'day-name' }, name), list, more),
    put,
    // What is no time is sent as it is, so that the box says what is wrong with it.
    spans: () => [...list.children].map(span => {
      const [from, to] = [...span.querySelectorAll('input')].map(input => clockTime(input.value) ?? input.value.trim());
      return [from, to === '00:00' ? '24:00' : to];
    }),
  };
}

import * as api from './api.js';
import { clockTime, instantIn } from './changes.js';
import { ask } from './dialogs.js';
import { el } from './dom.js';
import { t, time } from './strings.js';

// A correction of somebody's attendance: an entry of its own, with a reason. Answers a sentence about what was done, or undefined.

/**
 * @param person of the day's report
 * @param zone in which the box counts
 */
export async function askCorrection(person, date, zone) {
  const standing = person.entries.filter(entry => entry.corrected_by === null);
  const what = el('select', { id: 'correct-what' },
    el('option', { value: 'added' }, t('correct.added')),
    ...standing.flatMap(entry => ['replaced', 'voided'].map(kind => el('option', { value: `${kind}:${entry.sequence}` },
      t(`correct.${kind}`, { time: time(entry.at), direction: t(`direction.${entry.direction}`) })))));
  const at = el('input', { id: 'correct-at', type: 'text', class: 'time', maxlength: '5', placeholder: '08:00', autocomplete: 'off' });
  const direction = el('select', { id: 'correct-direction' }, ...['in', 'out'].map(way => el('option', { value: way }, t(`direction.${way}`))));
  const reason = el('input', { id: 'correct-reason', type: 'text', maxlength: '500', autocomplete: 'off' });
  const places = el('div', {}, field('correct.at', at), field('correct.direction', direction));
  what.addEventListener('change', () => { places.hidden = what.value.startsWith('voided'); });
  const saved = await ask({
    title: t('correct.title', { name: person.label }),
    body: [field('correct.what', what), places, field('correct.reason', reason)],
    ok: t('settings.save'),
    focus: what,
    act: async () => {
      const [kind, target] = what.value.split(':');
      const clock = clockTime(at.value);
      if (kind !== 'voided' && clock === null) {
        throw new Error(t('correct.at.missing'));
      }
      if (!reason.value.trim()) {
        throw new Error(t('correct.reason.missing'));
      }
      return api.correct({
        kind,
        reason: reason.value.trim(),
        ...(target ? { target: Number(target) } : { label: person.label }),
        ...(kind === 'voided' ? {} : { at: instantIn(zone, date, clock), direction: direction.value }),
      });
    },
  });
  return saved && t('correct.done', { name: person.label });
}

const field = (key, input) => el('div', { class: 'field' }, el('label', { for: input.id }, t(key)), input);

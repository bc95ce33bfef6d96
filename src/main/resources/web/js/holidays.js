import * as api from './api.js';
import { el, message } from './dom.js';
import { LANGUAGE, t } from './strings.js';

// Public holidays of a country or a region, to be put into a field.

let made = 0;

/** The days of this year and the next that are not there yet. @param found days of both years, such as 2026-12-25, in order */
export const missing = (found, there) => [...new Set(found)].filter(day => !there.includes(day));

/**
 * @param there the days that the field has
 * @param add puts days into it
 * @returns what to show
 */
export function publicHolidays({ there, add }) {
  const id = `holidays-${++made}`;
  const year = new Date().getFullYear();
  const country = el('select', { id });
  const region = el('select', { id: `${id}-region` });
  const said = el('p', { class: 'help', role: 'status' });
  const problem = el('p', { class: 'error', role: 'alert', hidden: true });
  const read = of => api.holidays(country.value, region.value, of);
  const guarded = work => async () => {
    message(problem, '');
    try {
      await work();
    } catch (error) {
      message(problem, error.message);
    }
  };
  const regions = guarded(async () => {
    region.replaceChildren(el('option', { value: '' }, t('holidays.whole')));
    const known = await read(year);
    region.append(...known.regions.map(({ code, name }) => el('option', { value: code }, name)));
  });
  const names = new Intl.DisplayNames(LANGUAGE, { type: 'region' });
  const fill = guarded(async () => {
    const codes = await api.holidayCountries();
    country.append(...codes.map(code => [code, names.of(code.toUpperCase())]).sort(([, one], [, other]) => one.localeCompare(other))
      .map(([code, name]) => el('option', { value: code }, name)));
    const here = new Intl.Locale(navigator.language).maximize().region?.toLowerCase();
    country.value = codes.includes(here) ? here : codes[0];
    await regions();
  });
  const put = guarded(async () => {
    const both = (await Promise.all([read(year), read(year + 1)])).flatMap(({ days }) => days.map(({ date }) => date));
    const fresh = missing(both, there());
    add(fresh);
    said.textContent = t('holidays.added', { n: fresh.length });
  });
  country.addEventListener('change', regions);
  const details = el('details', { toggle: () => country.options.length === 0 && fill() },
    el('summary', {}, t('holidays.title')),
    el('div', { class: 'field' }, el('label', { for: id }, t('holidays.country')), country),
    el('div', { class: 'field' }, el('label', { for: `${id}-region` }, t('holidays.region')), region),
    el('div', { class: 'actions' }, el('button', { type: 'button', class: 'button', click: put }, t('holidays.add', { year, next: year + 1 }))),
    said, problem);
  return details;
}

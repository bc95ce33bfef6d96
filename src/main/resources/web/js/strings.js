// Every sentence of the page is in messages/LANGUAGE.json, one file for each language, with the same keys.
// `{name}` is replaced; where a count decides, there is a key with `.one` and one with `.other`.

/** Each in its own words. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español', pl: 'Polski' };
const CHOICE = 'lintel-language';

/** The user's choice, or the first language of the browser that there is, or English. */
export const LANGUAGE = [localStorage.getItem(CHOICE), ...navigator.languages.map(tag => tag.slice(0, 2))]
  .find(language => language in LANGUAGES) ?? 'en';

/** With the country where the browser says which, for dates and numbers. */
const LOCALE = navigator.languages.find(tag => tag.slice(0, 2) === LANGUAGE) ?? LANGUAGE;

const TEXT = await (await fetch(`messages/${LANGUAGE}.json`, { cache: 'no-cache' })).json();

const plural = new Intl.PluralRules(LANGUAGE);
const formats = new Map();

/** The text of a key; with `n` among the values, the form that fits the number. */
export function t(key, values = {}) {
  const form = values.n === undefined ? key : `${key}.${plural.select(values.n) === 'one' && values.n !== 0 ? 'one' : 'other'}`;
  const text = TEXT[form] ?? TEXT[key];
  if (text === undefined) {
    throw new Error(`no text for ${form}`);
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Likewise for keys that the box makes up, such as the name of a rule: null where there is none. */
export function known(key, values = {}) {
  return key in TEXT ? t(key, values) : null;
}

/** Refusals whose own words say what is wrong with what was typed, or who else it is. */
const OWN_WORDS = ['invalid_label', 'invalid_request', 'settings_invalid', 'already_enrolled', 'unlike_others', 'model_mismatch', 'lock_failed', 'backup_failed'];

/**
 * What the box said as a sentence for people, by its code: what it says to programs is in English and names their parameters. Where
 * only its own words say what is wrong, they come too.
 */
export function translated(code, words) {
  const reason = known(`problem.${code}`);
  if (reason === null || !OWN_WORDS.includes(code)) {
    return reason ?? words;
  }
  return LANGUAGE === 'en' ? words : `${reason} [${words}]`;
}

/** Fills every element that names its text in `data-text` or its accessible name in `data-label`. */
export function fillDocument() {
  document.documentElement.lang = LANGUAGE;
  document.querySelectorAll('[data-text]').forEach(node => { node.textContent = t(node.dataset.text); });
  document.querySelectorAll('[data-label]').forEach(node => { node.setAttribute('aria-label', t(node.dataset.label)); });
}

/** Makes a button change to the next language; the page is then read anew. */
export function languageButton(button) {
  const codes = Object.keys(LANGUAGES);
  const next = codes[(codes.indexOf(LANGUAGE) + 1) % codes.length];
  button.textContent = LANGUAGES[next];
  button.lang = next;
  button.addEventListener('click', () => chooseLanguage(next));
}

/** Makes a list of them choose one. */
export function languageChoice(select) {
  select.append(...Object.entries(LANGUAGES).map(([code, own]) => Object.assign(document.createElement('option'), { value: code, lang: code, textContent: own })));
  select.value = LANGUAGE;
  select.addEventListener('change', () => chooseLanguage(select.value));
}

/** The page is then read anew. */
export function chooseLanguage(code) {
  localStorage.setItem(CHOICE, code);
  location.reload();
}

function format(Type, options) {
  const key = Type.name + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Type(LOCALE, options));
  }
  return formats.get(key);
}

const moment = (instant, options) => format(Intl.DateTimeFormat, options).format(new Date(instant));

export const date = instant => moment(instant, { dateStyle: 'medium' });
export const dateTime = instant => moment(instant, { dateStyle: 'medium', timeStyle: 'short' });
export const time = instant => moment(instant, { timeStyle: 'short' });
const timeOfDay = instant => moment(instant, { timeStyle: 'medium' });
export const dayName = instant => moment(instant, { weekday: 'long', day: 'numeric', month: 'long' });
export const decimal = (value, digits = 2) =>
  format(Intl.NumberFormat, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
export const whole = value => format(Intl.NumberFormat, { maximumFractionDigits: 0 }).format(value);
export const percent = share =>
  (typeof share === 'number' ? format(Intl.NumberFormat, { style: 'percent', maximumSignificantDigits: 2 }).format(share) : '');
export const listed = words => format(Intl.ListFormat, { type: 'conjunction' }).format(words);

/** A day of the calendar on the wall, `2026-11-25`, as it is now here. */
export function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

/** The name of a day of the week, 0 for Monday. */
export const weekday = day => format(Intl.DateTimeFormat, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 10, 30 + day)));

/** The time of day in a zone. */
export const timeIn = zone => format(Intl.DateTimeFormat, { timeStyle: 'medium', timeZone: zone }).format(new Date());

/** Today: the time; on another day: with the day. */
export function when(instant) {
  return date(instant) === date(Date.now()) ? time(instant) : dateTime(instant);
}

/** Likewise, to the second. */
export function exactly(instant) {
  return date(instant) === date(Date.now()) ? timeOfDay(instant) : moment(instant, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** Seconds as hours and minutes, `7:35`. */
export function hours(seconds) {
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** Seconds as minutes, from an hour on as hours and minutes: 7 min, 1 hr 5 min. */
export function duration(seconds) {
  const minutes = Math.round(seconds / 60);
  const part = (amount, unit) => format(Intl.NumberFormat, { style: 'unit', unit, unitDisplay: 'short' }).format(amount);
  return minutes < 60 ? part(minutes, 'minute') : `${part(Math.floor(minutes / 60), 'hour')} ${part(minutes % 60, 'minute')}`;
}

/** A length of time in the largest unit that fits, for people: 3 days, 5 hours. */
export function span(seconds) {
  const [amount, unit] = seconds >= 172800 ? [seconds / 86400, 'day'] : seconds >= 7200 ? [seconds / 3600, 'hour'] : [seconds / 60, 'minute'];
  return format(Intl.NumberFormat, { style: 'unit', unit, unitDisplay: 'long' }).format(Math.round(amount));
}

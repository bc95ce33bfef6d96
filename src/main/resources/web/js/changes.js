// What the settings' forms decide: hours as a week, changes from a form, what a tried camera is worth. No element, no clock.

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const SPAN = /^(\d\d:\d\d)-(\d\d:\d\d)$/;

/**
 * Hours as the configuration has them, such as `['Mon-Fri 07:00-19:00']`, as seven lists of `[from, to]`; null if they cannot be
 * shown like that.
 */
export function weekOf(hours) {
  const week = DAYS.map(() => []);
  for (const text of hours) {
    if (text.trim().toLowerCase() === 'always') {
      week.forEach(day => day.push(['00:00', '24:00']));
      continue;
    }
    const [days, span, ...rest] = text.trim().split(/\s+/);
    const times = SPAN.exec(span ?? '');
    const which = daysOf(days ?? '');
    if (!times || !which || rest.length > 0) {
      return null;
    }
    which.forEach(day => week[day].push([times[1], times[2]]));
  }
  return week;
}

/** What somebody typed as a time of day, `7`, `7.30`, `730` or `07:30`, as the configuration has it; null if it is none. */
export function clockTime(text) {
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[:.h]?(\d\d))?$/.exec(text.trim()) ?? [];
  const minutes = 60 * Number(hour) + Number(minute);
  return hour === undefined || Number(minute) > 59 || minutes > 24 * 60 ? null : `${hour.padStart(2, '0')}:${minute}`;
}

/** The instant at which clocks in a zone show this; the first one of an hour that comes twice. */
export function instantIn(zone, date, time) {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const shown = at => {
    const parts = Object.fromEntries(new Intl.DateTimeFormat('en-CA', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    }).formatToParts(at).map(part => [part.type, part.value]));
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  };
  // From a day before, so that the offset before a change of the clocks is tried first.
  const first = wanted - (shown(wanted - 86400e3) - (wanted - 86400e3));
  const at = shown(first) === wanted ? first : wanted - (shown(wanted) - wanted);
  return new Date(at).toISOString();
}

function daysOf(list) {
  if (list.toLowerCase() === 'daily') {
    return DAYS.map((day, index) => index);
  }
  const days = [];
  for (const part of list.split(',')) {
    const [first, last = first] = part.split('-').map(name => DAYS.findIndex(day => day.toLowerCase() === name.toLowerCase()));
    if (first < 0 || last < 0) {
      return null;
    }
    for (let day = first; ; day = (day + 1) % 7) {
      days.push(day);
      if (day === last) {
        break;
      }
    }
  }
  return days;
}

/** The other way round: days one after the other with the same hours are put together. */
export function hoursOf(week) {
  const spans = [...new Set(week.flatMap(day => day.map(times => times.join('-'))))];
  if (spans.length === 1 && spans[0] === '00:00-24:00' && week.every(day => day.length > 0)) {
    return ['always'];
  }
  return spans.map(span => {
    const runs = [];
    week.forEach((day, index) => {
      if (day.some(times => times.join('-') === span)) {
        const last = runs.at(-1);
        if (last && last[1] === index - 1) {
          last[1] = index;
        } else {
          runs.push([index, index]);
        }
      }
    });
    const days = runs.map(([from, to]) => (from === to ? DAYS[from] : `${DAYS[from]}-${DAYS[to]}`)).join(',');
    return `${days === 'Mon-Sun' ? 'daily' : days} ${span}`;
  });
}

/** The value at a key such as `pin.alone`; undefined if there is none. */
export const at = (values, key) => key.split('.').reduce((part, name) => part?.[name], values);

/** Lines such as `front: front_door` as names and what belongs to them. What is no such line is left to the box to refuse. */
export function pairs(text) {
  return Object.fromEntries(text.split('\n').map(line => line.trim()).filter(Boolean).map(line => {
    const [name, ...rest] = line.split(':');
    return [name.trim(), rest.join(':').trim()];
  }));
}

/** Keys such as `pin.alone` as sections. */
export function nested(values) {
  const made = {};
  for (const [key, value] of Object.entries(values)) {
    const names = key.split('.');
    const last = names.pop();
    names.reduce((part, name) => (part[name] ??= {}), made)[last] = value;
  }
  return made;
}

/**
 * The changes from one set of values to another, below a path. What has become empty is taken away, so that it has its default;
 * lists and sections are replaced whole.
 */
export function changes(path, before, after) {
  return Object.entries(after)
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(at(before, key) ?? null))
    .map(([key, value]) => {
      const place = path ? `${path}.${key}` : key;
      return value === null ? { op: 'remove', path: place }
        : { op: typeof value === 'object' ? 'replace' : 'set', path: place, value };
    });
}

/** The same without what has no value, for something new. */
export const filled = values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));

/** A camera's address with a user and a password in it. */
export function withUser(address, user, password) {
  return user ? address.replace('://', `://${encodeURIComponent(user)}:${encodeURIComponent(password)}@`) : address;
}

/** A name for something new that none of these has: front, front-2, front-3. */
export function fresh(wish, taken) {
  const base = wish.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 28) || 'front';
  let name = base;
  for (let n = 2; taken.includes(name); n++) {
    name = `${base}-${n}`;
  }
  return name;
}

/** Grey level of the whole picture below which it is dark, and seconds between key frames from which on they are rare. */
const DARK = 40;
const RARE = 5;
const SLOW = 4;
/** Pixels of a face that the enrolment wants as well. */
const FACE = 48;

/** What a tried camera is worth: `{key, values, tone}`, texts of the page. */
export function verdicts(trial) {
  const found = [];
  const say = (key, values, tone) => found.push({ key, values, tone });
  if (trial.picture === null) {
    return found;
  }
  if (trial.faces.length === 0) {
    say('trial.none', {}, 'warn');
  }
  for (const face of trial.faces) {
    say(face.size < FACE ? 'trial.small' : 'trial.fine', { size: face.size, least: FACE }, face.size < FACE ? 'warn' : 'good');
  }
  const issues = trial.faces[0]?.issues ?? [];
  if (issues.includes('too_dark') || (trial.faces.length === 0 && trial.brightness < DARK)) {
    say('trial.dark', {}, 'warn');
  }
  if (issues.includes('too_bright')) {
    say('trial.bright', {}, 'warn');
  }
  if (issues.includes('blurred')) {
    say('trial.blurred', {}, 'warn');
  }
  if (trial.key_frame_seconds >= RARE) {
    say('trial.key', { seconds: Math.round(trial.key_frame_seconds) }, 'warn');
  }
  if (trial.fps < SLOW) {
    say('trial.slow', { fps: Math.round(trial.fps * 10) / 10 }, 'warn');
  }
  return found;
}

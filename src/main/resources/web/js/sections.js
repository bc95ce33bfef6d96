// What of the configuration has a page: its keys, in the order in which they are shown. See fields.js for the kinds.

export const CAMERA = [
  ['id', 'text'],
  ['source', 'text'],
  ['door', 'text'],
  ['direction', 'choice', ['both', 'in', 'out']],
  ['rotation', 'choice', [0, 90, 180, 270]],
  ['mirror', 'flag'],
  ['transport', 'choice', ['tcp', 'udp']],
  ['detect-size', 'number'],
  ['picture', 'flag'],
];

export const DOOR = [
  ['id', 'text'],
  ['require-liveness', 'flag'],
  ['cool-down', 'text'],
  ['uncertain', 'choice', ['deny', 'pin']],
  ['fail', 'choice', ['secure', 'safe']],
];

/** What each kind of lock has. */
export const LOCKS = {
  none: [],
  gpio: [['chip', 'text'], ['line', 'number'], ['released-when', 'choice', ['high', 'low']], ['pulse', 'text']],
  http: [['url', 'text'], ['lock-url', 'text'], ['method', 'choice', ['GET', 'POST', 'PUT']], ['pulse', 'text']],
  mqtt: [['topic', 'text'], ['unlock-payload', 'text'], ['lock-payload', 'text'], ['pulse', 'text']],
};

export const ATTENDANCE = [
  ['enabled', 'flag'],
  ['grace', 'text'],
  ['duplicate-window', 'text'],
  ['longest-presence', 'text'],
  ['holidays', 'date-list'],
];

export const RETENTION = [
  ['keep-events', 'text'],
  ['keep-attendance', 'text'],
  ['on-deletion', 'choice', ['delete', 'keep', 'anonymise']],
];

export const VISITORS = [['keep', 'text'], ['ignore-for', 'text']];

export const SHIFT = [['days', 'list'], ['start', 'text'], ['end', 'text'], ['groups', 'list']];

export const WEBHOOK = [
  ['name', 'text'],
  ['url', 'text'],
  ['secret', 'secret'],
  ['events', 'list'],
  ['names', 'choice', ['ids', 'full', 'none']],
];

export const MQTT = [
  ['host', 'text'],
  ['port', 'number'],
  ['tls', 'flag'],
  ['username', 'secret'],
  ['password', 'secret'],
  ['topic', 'text'],
  ['home-assistant', 'flag'],
  ['allow-unlock', 'flag'],
];

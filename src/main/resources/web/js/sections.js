// What of the configuration has a page: its keys, in the order in which they are shown, below MORE those that few people need. See
// fields.js for the kinds. docs/operation.md says which keys have none, and why.

export const MORE = 'more';

/** @param doors the ids of the doors that there are */
export const camera = doors => [
  ['id', 'text'],
  ['source', 'text'],
  ['door', 'choice', [null, ...doors]],
  ['direction', 'choice', ['both', 'in', 'out']],
  ['rotation', 'choice', [0, 90, 180, 270]],
  ['mirror', 'flag'],
  ['picture', 'flag'],
  MORE,
  ['transport', 'choice', ['tcp', 'udp']],
  ['detect-size', 'number'],
  ['width', 'number'],
  ['height', 'number'],
  ['fps', 'number'],
];

export const DOOR = [
  ['id', 'text'],
  ['require-liveness', 'flag'],
  ['cool-down', 'text'],
  ['uncertain', 'choice', ['deny', 'pin']],
  ['not-live', 'choice', ['deny', 'pin']],
  ['fail', 'choice', ['secure', 'safe']],
  MORE,
  ['liveness', 'choice', ['passive', 'challenge']],
  ['intent.ask', 'choice', ['none', 'approach', 'button']],
  ['anti-passback.mode', 'choice', ['off', 'soft', 'hard']],
  ['pin.alone', 'flag'],
  ['screen.name', 'flag'],
  ['sensor.type', 'choice', ['none', 'gpio', 'http']],
  ['sensor.chip', 'text'],
  ['sensor.line', 'number'],
  ['sensor.held-open-after', 'text'],
  ['sensor.report-forced', 'flag'],
];

/** What each kind of lock has. */
export const LOCKS = {
  none: [],
  gpio: [['chip', 'text'], ['line', 'number'], ['released-when', 'choice', ['high', 'low']], ['pulse', 'text'], ['hold', 'flag']],
  http: [['url', 'text'], ['lock-url', 'text'], ['method', 'choice', ['GET', 'POST', 'PUT']], ['body', 'text'], ['lock-body', 'text'],
    ['pulse', 'text'], ['hold', 'flag']],
  mqtt: [['topic', 'text'], ['unlock-payload', 'text'], ['lock-payload', 'text'], ['pulse', 'text'], ['hold', 'flag']],
};

export const ATTENDANCE = [
  ['enabled', 'flag'],
  ['grace', 'text'],
  ['duplicate-window', 'text'],
  ['longest-presence', 'text'],
  ['holidays', 'date-list'],
  MORE,
  ['day-start', 'number'],
  ['count-granted', 'flag'],
  ['count-seen', 'flag'],
  ['points', 'list'],
];

export const RETENTION = [
  ['keep-events', 'text'],
  ['keep-attendance', 'text'],
  ['on-deletion', 'choice', ['delete', 'keep', 'anonymise']],
];

export const VISITORS = [['keep', 'text'], ['ignore-for', 'text']];

export const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

export const SHIFT = [['days', 'days'], ['start', 'text'], ['end', 'text'], ['groups', 'list']];

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
  ['names', 'choice', ['ids', 'full']],
  ['home-assistant', 'flag'],
  ['allow-unlock', 'flag'],
  MORE,
  ['client-id', 'text'],
  ['allow-picture', 'flag'],
];

export const FRIGATE = [['url', 'text'], ['cameras', 'pairs'], ['names', 'choice', ['ids', 'full']]];

export const CONSENT = [['required', 'flag'], ['keep-pictures', 'flag'], ['warn-before', 'text']];

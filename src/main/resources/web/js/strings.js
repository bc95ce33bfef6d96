// Every sentence of the page, in one place. A translation replaces this table and nothing else.
// `{name}` is replaced; where a count decides, there is a key with `.one` and one with `.other`.

export const LANGUAGE = 'en';

const TEXT = {
  'skip': 'Skip to the content',
  'nav.label': 'Views',
  'nav.identify': 'Identify',
  'nav.enrol': 'Enrol',
  'nav.people': 'People',
  'docs': 'HTTP API',
  'cancel': 'Cancel',
  'close': 'Close',

  'photo.choose': 'Choose a photo',
  'photo.choose.several': 'Choose photos',
  'photo.take': 'Take a photo',
  'photo.heic': '{name} is a HEIC photo, which this browser cannot convert. Save it as JPEG and try again; on an iPhone, set Camera → Formats to “Most Compatible”.',
  'photo.empty': '{name} is empty. Choose another file.',
  'photo.nopreview': 'No preview',

  'camera.start': 'Use the camera',
  'camera.stop': 'Stop the camera',
  'camera.switch': 'Other camera',
  'camera.shot': 'Take the picture',
  'camera.insecure': 'Browsers open the camera only for pages that come over HTTPS or from this machine itself (localhost). Photos from files work here; on a phone, “Take a photo” opens its camera app.',
  'camera.denied': 'The browser was not allowed to use the camera. Allow it for this page in the address bar and try again.',
  'camera.none': 'No camera was found. Plug one in, or choose a photo.',
  'camera.busy': 'The camera is in use by another program. Close that and try again.',
  'camera.silent': 'The camera gives no picture. Unplug it and plug it in again, or choose another one.',
  'camera.stopped': 'The camera was stopped.',

  'identify.title': 'Who is this?',
  'identify.all': 'Every face in the picture',
  'identify.hint': 'Choose a photo, drop one here, or use the camera.',
  'identify.findings': 'Result',
  'identify.working': 'Looking…',
  'identify.watching': 'Watching. Nobody in the picture yet.',
  'identify.unknown': 'Unknown',
  'identify.refused': 'Not checked',
  'identify.mark': '{name} · {distance}',
  'identify.say.known': '{name}, distance {distance}.',
  'identify.say.unknown': 'Unknown person, nearest distance {distance}.',
  'identify.say.empty': 'Unknown person. Nobody is enrolled yet.',
  'identify.say.count.one': '1 face.',
  'identify.say.count.other': '{n} faces.',
  'identify.distance': 'Distance {distance} of at most {threshold}',
  'identify.distance.over': 'Nearest distance {distance}, more than {threshold}',
  'identify.ambiguous': 'Too close between two people to name one of them.',
  'identify.nobody': 'Nobody is enrolled to compare with.',
  'identify.candidates': 'Nearest people',
  'identify.distance.head': 'Distance',
  'identify.details': 'Details',
  'detail.similarity': 'Similarity',
  'detail.threshold': 'Threshold',
  'threshold.request': '{distance}, as asked for',
  'threshold.fpir_target.one': '{distance}: at most {target} of strangers are taken for one of those enrolled (1 photo)',
  'threshold.fpir_target.other': '{distance}: at most {target} of strangers are taken for one of those enrolled ({n} photos)',
  'threshold.fmr_target': '{distance}: at most {target} of other people match',
  'detail.margin': 'Lead over the next',
  'detail.quality': 'Quality',
  'detail.liveness': 'Liveness',
  'detail.face': 'Face',
  'detail.model': 'Model',
  'detail.box': '{width} × {height} pixels at {x}, {y}',
  'detail.check.passed': '{name} {value} (limit {limit})',
  'detail.check.failed': '{name} {value} misses {limit}',

  'enrol.title': 'Enrol a person',
  'enrol.label': 'Name',
  'enrol.label.help': 'As it shall appear when the person is recognised. Photos for a name that is there already are added to it.',
  'enrol.label.missing': 'Enter a name.',
  'enrol.pictures': 'Photos',
  'enrol.pictures.help': 'Three or more from different days and in different light work best; one face in each.',
  'enrol.pictures.missing': 'Add at least one photo.',
  'enrol.submit': 'Enrol',
  'enrol.working': 'Enrolling…',
  'enrol.remove': 'Remove',
  'enrol.remove.which': 'Remove {name}',
  'enrol.snapshot': 'Picture {n}',
  'enrol.added.one': '1 photo added.',
  'enrol.added.other': '{n} photos added.',
  'enrol.done.one': '1 photo of {name} was enrolled.',
  'enrol.done.other': '{n} photos of {name} were enrolled.',
  'enrol.none': 'No photo was enrolled.',
  'enrol.total.one': '{name} has 1 photo now.',
  'enrol.total.other': '{name} has {n} photos now.',
  'enrol.stored': 'Enrolled',
  'enrol.stored.quality': 'Quality {quality}',
  'enrol.refused': 'Not enrolled',
  'enrol.duplicate': 'Already enrolled as {name}',
  'enrol.duplicate.stored': 'Also enrolled as {name}',
  'enrol.anyway.already_enrolled': 'If a photo shows somebody who is “already enrolled”, and it is not a mistake (twins, for example), it can be enrolled all the same.',
  'enrol.anyway.low_quality': 'Photos of low quality make recognition worse. A better photo is the better answer.',
  'enrol.anyway.several_faces': 'Of several faces, the largest would be taken.',
  'enrol.anyway': 'Enrol as {name} all the same',

  'people.title': 'People',
  'people.filter': 'Find a name',
  'people.name': 'Name',
  'people.photos': 'Photos',
  'people.since': 'Enrolled',
  'people.changed': 'Changed',
  'people.actions': 'Actions',
  'people.count.one': '1 person is enrolled.',
  'people.count.other': '{n} people are enrolled.',
  'people.count.none': 'Nobody is enrolled yet.',
  'people.found.one': '1 of {total} people has “{filter}” in the name.',
  'people.found.other': '{n} of {total} people have “{filter}” in the name.',
  'people.photos.one': '1 photo',
  'people.photos.other': '{n} photos',
  'people.more': 'Show more',
  'people.open': 'Photos',
  'people.open.which': 'Photos of {name}',
  'people.rename': 'Rename',
  'people.rename.which': 'Rename {name}',
  'people.delete': 'Delete',
  'people.delete.which': 'Delete {name}',

  'rename.title': 'Rename {name}',
  'rename.label': 'New name',
  'rename.ok': 'Rename',
  'rename.done': '{from} is called {to} now.',
  'merge.title': 'Merge with {name}?',
  'merge.text': 'There is already somebody called {to}. If {from} is the same person, all photos can be put together under {to}. This cannot be undone.',
  'merge.ok': 'Merge',
  'merge.done': '{from} was merged with {to}.',
  'delete.title': 'Delete {name}?',
  'delete.text.one': '1 photo of {name} will be forgotten. This cannot be undone.',
  'delete.text.other': '{n} photos of {name} will be forgotten. This cannot be undone.',
  'delete.ok': 'Delete',
  'delete.done': '{name} was deleted.',
  'templates.title': 'Photos of {name}',
  'templates.text': 'Lintel keeps what it learnt from each photo, not the photo itself.',
  'templates.item': '{date}, quality {quality}',
  'templates.item.old': '{date}, quality {quality}; made by another model, not compared',
  'templates.delete': 'Delete',
  'templates.delete.which': 'Delete the photo of {date}',
  'templates.done.one': '1 photo of {name} was deleted.',
  'templates.done.other': '{n} photos of {name} were deleted.',

  'key.open': 'API key',
  'key.title': 'API key',
  'key.text': 'This box asks for a key. Whoever runs it has one for you. It is kept until this tab is closed.',
  'key.label': 'Key',
  'key.ok': 'Use this key',
  'key.missing': 'Enter the key.',

  'status.connecting': 'Connecting…',
  'status.ready': 'Ready',
  'status.notready': 'Not ready: {what}',
  'status.unreachable': 'The box does not answer. Trying again.',

  'error.network': 'The box does not answer. Check that it runs and that this device is on its network, then try again.',
  'error.http': 'The box answered with an error ({status}).',
};

const plural = new Intl.PluralRules(LANGUAGE);
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const minute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** The text of a key; with `n` among the values, the form that fits the number. */
export function t(key, values = {}) {
  const form = values.n === undefined ? key : `${key}.${plural.select(values.n)}`;
  const text = TEXT[form] ?? TEXT[key];
  if (text === undefined) {
    throw new Error(`no text for ${form}`);
  }
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Fills every element that names its text in `data-text` or its accessible name in `data-label`. */
export function fillDocument() {
  document.documentElement.lang = LANGUAGE;
  document.querySelectorAll('[data-text]').forEach(node => { node.textContent = t(node.dataset.text); });
  document.querySelectorAll('[data-label]').forEach(node => { node.setAttribute('aria-label', t(node.dataset.label)); });
}

export const date = instant => day.format(new Date(instant));
export const dateTime = instant => minute.format(new Date(instant));
export const decimal = (value, digits = 2) => Number(value).toFixed(digits);

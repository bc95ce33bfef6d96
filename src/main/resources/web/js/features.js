import * as api from './api.js';

// What is configured besides recognition: cameras and doors, and whether that can be changed here. Asked once, and again after a
// change.

let asked = null;

/**
 * `{cameras, doors, settings}`, the first two lists, the last the settings, or null where the key may not see it; nobody is asked
 * for a key.
 */
export function features() {
  asked ??= Promise.all([...[api.cameras({ quietly: true }), api.doors({ quietly: true })].map(quiet),
    api.settings({ quietly: true }).catch(() => null)])
    .then(([cameras, doors, settings]) => ({ cameras, doors, settings }));
  return asked;
}

/** Another key may see more. */
export function forgetFeatures() {
  asked = null;
}

/** A box of before there were doors answers 404: then there are none. */
async function quiet(question) {
  try {
    return await question;
  } catch (error) {
    return error.status === 404 ? [] : null;
  }
}

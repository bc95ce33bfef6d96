import * as api from './api.js';

// What is configured besides recognition: cameras and doors. Asked once; a box is restarted to change it.

let asked = null;

/** `{cameras, doors}`, each a list, or null where the key may not see it; nobody is asked for a key. */
export function features() {
  asked ??= Promise.all([api.cameras({ quietly: true }), api.doors({ quietly: true })].map(quiet))
    .then(([cameras, doors]) => ({ cameras, doors }));
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

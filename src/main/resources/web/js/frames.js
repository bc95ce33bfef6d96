const TONES = { granted: 'good', denied: 'bad', pin_needed: 'warn' };

/** The colour of a decision. */
export function colourOf(verdict) {
  return TONES[verdict] ?? 'plain';
}

/** The colour of a face's frame in the live picture: a photo of somebody known is not green. */
export function tone({ live, verdict }) {
  return live === 'attack' ? 'bad' : live === 'live' ? colourOf(verdict) : 'warn';
}

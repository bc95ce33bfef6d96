// The views of a guided enrolment and when a look fits one. No element, no clock.

export const POSES = ['straight', 'left', 'right', 'up', 'again'];

/** Degrees: how much a turned head is turned against the straight one, and how straight that is, as a camera may hang beside a door. */
const TURNED = [12, 40];
const STRAIGHT = 12;

/** A chin that is raised by 32 degrees is measured as 2.7 to 5.6 by these landmarks (docs/figures.md). */
const RAISED = [-35, -2.5];

/** Milliseconds. */
const LONGEST_TRY = 15000;

/**
 * What is still in the way of a view, as a key of the page's texts; null if the look fits.
 *
 * @param faces of the answer of /detect; whom the picture's edge cuts does not count beside a whole face
 * @param straight yaw and pitch of the view that was taken as straight
 */
export function inTheWay(pose, faces, straight = { yaw: 0, pitch: 0 }) {
  const cut = face => (face.quality.issues ?? []).some(issue => issue.kind === 'cut_off');
  const whole = faces.filter(face => !cut(face));
  if (whole.length > 1 || faces.length === 0) {
    return faces.length === 0 ? 'guide.nobody' : 'guide.several';
  }
  const [{ quality }] = whole.length === 1 ? whole : faces;
  const hard = (quality.issues ?? []).map(issue => issue.kind).find(kind => !['turned_away', 'nodding', 'tilted'].includes(kind));
  if (hard) {
    return `guide.${hard}`;
  }
  const yaw = quality.yaw - straight.yaw;
  const pitch = quality.pitch - straight.pitch;
  const turned = Math.abs(yaw) >= TURNED[0] && Math.abs(yaw) <= TURNED[1];
  switch (pose) {
    case 'left': return turned && yaw > 0 ? null : 'guide.turn';
    case 'right': return turned && yaw < 0 ? null : 'guide.turn';
    case 'up': return pitch >= RAISED[0] && pitch <= RAISED[1] ? null : 'guide.turn';
    default: return Math.abs(quality.yaw) <= STRAIGHT ? null : 'guide.straight';
  }
}

/**
 * Whether to go on without a view: who has stood there so long understands it differently, or it cannot be seen. Never without the
 * straight one, which the others are held against.
 *
 * @param tried milliseconds in which nothing but the view itself was in the way
 */
export function leftOut(pose, tried) {
  return pose !== POSES[0] && tried >= LONGEST_TRY;
}

/**
 * What trying a new enrolment says.
 *
 * @param answer of /identify for one face
 * @returns `{distance, other}`, the latter that of the nearest other person or null; null if it is not who was enrolled
 */
export function testOf(label, answer) {
  const face = answer.faces?.[0] ?? answer;
  if (face.label !== label || typeof face.distance !== 'number') {
    return null;
  }
  const other = (face.candidates ?? []).find(candidate => candidate.label !== label);
  return { distance: face.distance, other: other?.distance ?? null };
}

// What may be done about photos that were refused. No element, no clock.

/** Refusals that somebody who knows better may overrule, each by itself. Several faces are none: one is cut out. */
export const OVERRULABLE = ['already_enrolled', 'unlike_others', 'low_quality'];

/** How much of the picture around a face goes with it, in sizes of the face: the most that holds no other face. */
const AROUND = [0.6, 0.4, 0.25, 0.1];

/**
 * The questions to be asked, one for each kind of refusal and what was overruled before, so that no answer lets two problems pass
 * at once.
 *
 * @param results each with its `picture`, whose `accepted` are the kinds that were overruled for it before
 * @returns `{code, refused, accept}` with the results that it is about, and all that is to be accepted of them then
 */
export function questions(results) {
  const asked = new Map();
  for (const result of results) {
    const code = result.stored ? null : result.reason?.code;
    const before = result.picture.accepted ?? [];
    if (OVERRULABLE.includes(code) && !before.includes(code) && !cutOff(result)) {
      const key = [code, ...before].join();
      if (!asked.has(key)) {
        asked.set(key, { code, refused: [], accept: [...before, code] });
      }
      asked.get(key).refused.push(result);
    }
  }
  return [...asked.values()].sort((one, other) => OVERRULABLE.indexOf(one.code) - OVERRULABLE.indexOf(other.code));
}

/** Whether the picture's edge cuts the face: nothing may overrule that. */
function cutOff(result) {
  return (result.quality?.issues ?? []).some(issue => issue.kind === 'cut_off');
}

/**
 * The part of a picture in which a face stands alone, as far as the picture goes. All in pixels.
 *
 * @param others boxes of the other faces
 */
export function cutOut(box, size, others = []) {
  const parts = AROUND.map(around => part(box, size, around));
  return parts.find(one => !others.some(other => holds(one, other))) ?? parts.at(-1);
}

function part(box, size, around) {
  const x = Math.max(0, Math.round(box.x - around * box.width));
  const y = Math.max(0, Math.round(box.y - around * box.height));
  return {
    x,
    y,
    width: Math.min(size.width, Math.round(box.x + (1 + around) * box.width)) - x,
    height: Math.min(size.height, Math.round(box.y + (1 + around) * box.height)) - y,
  };
}

/** Whether more than a corner of a face is in it: its middle third. */
function holds(one, face) {
  return face.x + face.width / 3 < one.x + one.width && face.x + (2 * face.width) / 3 > one.x
    && face.y + face.height / 3 < one.y + one.height && face.y + (2 * face.height) / 3 > one.y;
}

/** Most bytes and photos in one request; beyond it, the next one begins. One photo alone may be larger. */
const MOST_BYTES = 8e6;
const MOST_PHOTOS = 8;

/** The pictures `{blob, ...}` in their order, in lists that are each sent in one request. */
export function batches(pictures) {
  const made = [];
  let last = null;
  let bytes = 0;
  for (const picture of pictures) {
    if (last === null || last.length === MOST_PHOTOS || bytes + picture.blob.size > MOST_BYTES) {
      last = [];
      made.push(last);
      bytes = 0;
    }
    last.push(picture);
    bytes += picture.blob.size;
  }
  return made;
}

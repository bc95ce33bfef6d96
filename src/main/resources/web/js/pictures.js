import { toJpeg } from './camera.js';
import { t } from './strings.js';

const HEIC_BRANDS = new Set(['heic', 'heix', 'hevc', 'heim', 'heis', 'hevm', 'hevs', 'mif1', 'msf1']);

/** A file that cannot be sent, with a sentence for the user. */
export class PictureError extends Error {}

/**
 * A picture as the user gave it: the bytes to send, and something to draw, or null where the browser
 * cannot decode it (the server may still, or says why not). The original goes out as it is, so that the
 * server sees all of its pixels; only HEIC, which it does not read, is converted where the browser can.
 */
export async function openPicture(file) {
  if (file.size === 0) {
    throw new PictureError(t('photo.empty', { name: file.name }));
  }
  const heic = await isHeic(file);
  const drawable = await decode(file);
  if (!heic) {
    return { name: file.name, blob: file, drawable };
  }
  if (!drawable) {
    throw new PictureError(t('photo.heic', { name: file.name }));
  }
  const canvas = document.createElement('canvas');
  canvas.width = drawable.naturalWidth;
  canvas.height = drawable.naturalHeight;
  canvas.getContext('2d').drawImage(drawable, 0, 0);
  return { name: file.name, blob: await toJpeg(canvas), drawable };
}

/** A decoded image element, upright by EXIF. Its blob address is freed as soon as the pixels are there. */
export async function decode(blob) {
  const image = new Image();
  const address = URL.createObjectURL(blob);
  try {
    image.src = address;
    await image.decode();
    return image;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function isHeic(file) {
  const head = new Uint8Array(await file.slice(0, 12).arrayBuffer());
  const ascii = String.fromCharCode(...head);
  return ascii.slice(4, 8) === 'ftyp' && HEIC_BRANDS.has(ascii.slice(8, 12));
}

import { t } from './strings.js';

/** Milliseconds after which a camera that never delivers a picture is given up. */
const START_LIMIT = 8000;
const JPEG_QUALITY = 0.92;

/** A camera that could not be had, with a sentence for the user. */
export class CameraError extends Error {}

/** Browsers give cameras to https and localhost pages only. */
export function cameraPossible() {
  return Boolean(window.isSecureContext && navigator.mediaDevices?.getUserMedia);
}

/** The webcam, shown in one video element. Only one start at a time; stop is always allowed. */
export class Camera {
  #video;
  #stream = null;
  #facing = 'user';
  #starting = 0;

  constructor(video) {
    this.#video = video;
  }

  get on() {
    return this.#stream !== null;
  }

  /** Whether the picture shows the person in front of the screen, and is therefore shown mirrored. */
  get mirrored() {
    return this.on && this.#stream.getVideoTracks()[0].getSettings().facingMode !== 'environment';
  }

  /** Resolves when the first picture is there; rejects with a CameraError. */
  async start() {
    if (!cameraPossible()) {
      throw new CameraError(t('camera.insecure'));
    }
    this.stop();
    const mine = ++this.#starting;
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: this.#facing, width: { ideal: 1280 }, height: { ideal: 720 } },
      });
    } catch (error) {
      throw new CameraError(t(reason(error)));
    }
    if (mine !== this.#starting) {
      stream.getTracks().forEach(track => track.stop());
      throw new CameraError(t('camera.stopped'));
    }
    this.#stream = stream;
    stream.getVideoTracks()[0].addEventListener('ended', () => this.stop());
    this.#video.srcObject = stream;
    this.#video.hidden = false;
    this.#video.classList.toggle('mirrored', this.mirrored);
    try {
      await this.#video.play();
      await this.#firstFrame();
    } catch (error) {
      this.stop();
      throw error instanceof CameraError ? error : new CameraError(t('camera.silent'));
    }
  }

  /** Frees the camera: its light goes out. */
  stop() {
    this.#starting++;
    this.#stream?.getTracks().forEach(track => track.stop());
    this.#stream = null;
    this.#video.srcObject = null;
    this.#video.hidden = true;
  }

  /** Changes between the camera towards the user and the one away from them. */
  async turn() {
    this.#facing = this.#facing === 'user' ? 'environment' : 'user';
    await this.start();
  }

  /** Whether there is more than one to choose from; known only once permission was given. */
  async several() {
    const devices = await navigator.mediaDevices.enumerateDevices();
    return devices.filter(device => device.kind === 'videoinput').length > 1;
  }

  /** The picture of this moment as a JPEG at the camera's own resolution, never mirrored. */
  async grab() {
    const canvas = document.createElement('canvas');
    canvas.width = this.#video.videoWidth;
    canvas.height = this.#video.videoHeight;
    if (!canvas.width) {
      throw new CameraError(t('camera.silent'));
    }
    canvas.getContext('2d').drawImage(this.#video, 0, 0);
    return toJpeg(canvas);
  }

  async #firstFrame() {
    const video = this.#video;
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0) {
      return;
    }
    await new Promise((resolve, reject) => {
      setTimeout(() => reject(new CameraError(t('camera.silent'))), START_LIMIT);
      video.addEventListener('loadeddata', resolve, { once: true });
    });
  }
}

export function toJpeg(canvas) {
  return new Promise((resolve, reject) => {
    canvas.toBlob(blob => (blob ? resolve(blob) : reject(new CameraError(t('camera.silent')))), 'image/jpeg', JPEG_QUALITY);
  });
}

function reason(error) {
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'camera.denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'camera.none';
    case 'NotReadableError':
    case 'AbortError':
      return 'camera.busy';
    default:
      return 'camera.silent';
  }
}

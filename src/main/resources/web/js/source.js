import { Camera, cameraPossible } from './camera.js';
import { byId, message, show } from './dom.js';
import { t } from './strings.js';

/**
 * The places where pictures come from in one view: file choosers, the camera button, dropping and pasting.
 * The elements are found by the view's name: `#NAME-file`, `#NAME-camera`, `#NAME-video` and so on.
 */
export class PictureSource {
  #name;
  #camera;
  #button;
  #note;
  #changed;

  /**
   * @param onFiles called with an array of files
   * @param onCamera called with true when the camera runs, and false when it stopped
   */
  constructor(name, { dropOn, onFiles, onCamera }) {
    this.#name = name;
    this.#camera = new Camera(byId(`${name}-video`));
    this.#button = byId(`${name}-camera`);
    this.#note = byId(`${name}-camera-note`);
    this.#changed = onCamera;
    for (const id of [`${name}-file`, `${name}-capture-file`]) {
      const input = byId(id);
      input.addEventListener('change', () => {
        const files = [...input.files];
        input.value = '';
        take(files, onFiles);
      });
    }
    // The camera app of a phone works on any page; the camera of the browser only on secure ones.
    show(byId(`${name}-capture`), !cameraPossible() && matchMedia('(pointer: coarse)').matches);
    this.#button.addEventListener('click', () => (this.#camera.on ? this.stop() : this.#start()));
    byId(`${name}-switch`).addEventListener('click', () => this.#start(true));
    acceptDrops(dropOn, files => take(files, onFiles));
  }

  get camera() {
    return this.#camera;
  }

  /** A note under the buttons; an empty one hides it. */
  note(text) {
    message(this.#note, text);
  }

  stop() {
    if (this.#camera.on) {
      this.#camera.stop();
      this.#shown(false);
    }
  }

  async #start(turn = false) {
    this.note('');
    this.#button.disabled = true;
    try {
      await (turn ? this.#camera.turn() : this.#camera.start());
      this.#shown(true);
      show(byId(`${this.#name}-switch`), await this.#camera.several());
    } catch (error) {
      this.note(error.message);
      this.#shown(false);
    } finally {
      this.#button.disabled = false;
    }
  }

  #shown(on) {
    this.#button.setAttribute('aria-pressed', String(on));
    this.#button.textContent = t(on ? 'camera.stop' : 'camera.start');
    if (!on) {
      show(byId(`${this.#name}-switch`), false);
    }
    this.#changed(on);
  }
}

function take(files, onFiles) {
  if (files.length > 0) {
    onFiles(files);
  }
}

function acceptDrops(area, onFiles) {
  const mark = on => area.classList.toggle('dropping', on);
  area.addEventListener('dragover', event => {
    event.preventDefault();
    mark(true);
  });
  area.addEventListener('dragleave', () => mark(false));
  area.addEventListener('drop', event => {
    event.preventDefault();
    mark(false);
    onFiles([...event.dataTransfer.files]);
  });
}

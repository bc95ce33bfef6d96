// Draws a picture and what was found in it. Every colour has a second sign: the line and the words.

const STYLE = {
  good: { line: '#2fbf6b', dash: [] },
  warn: { line: '#ffb020', dash: [8, 5] },
  bad: { line: '#ff6b61', dash: [2, 4] },
  plain: { line: '#e8eef2', dash: [1, 6] },
};
const LONGEST = 1600;
const THUMB_SHOWN = 150;

/**
 * Fills the canvas with the picture, turned as the server turned it, and draws the faces.
 *
 * @param source a decoded image or bitmap, already upright by its EXIF orientation
 * @param marks from marksOf(); empty before the answer is there
 * @param turn clockwise quarter turns in degrees that the server added
 */
export function drawPicture(canvas, source, marks = [], turn = 0, longest = LONGEST) {
  const width = source.naturalWidth || source.width;
  const height = source.naturalHeight || source.height;
  const scale = Math.min(1, longest / Math.max(width, height));
  const lying = turn === 90 || turn === 270;
  canvas.width = Math.round((lying ? height : width) * scale);
  canvas.height = Math.round((lying ? width : height) * scale);
  const pen = canvas.getContext('2d');
  pen.save();
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((turn * Math.PI) / 180);
  pen.drawImage(source, (-width * scale) / 2, (-height * scale) / 2, width * scale, height * scale);
  pen.restore();
  drawMarks(canvas, marks);
}

/** Draws the marks only, over a video: the canvas takes the size of the frame that was asked about. */
export function drawOverlay(canvas, width, height, marks, mirrored) {
  canvas.width = width;
  canvas.height = height;
  drawMarks(canvas, marks, mirrored);
}

/**
 * A mark is `{box: {x, y, width, height}, size: {width, height}, title, tone}` with the box in pixels of an
 * image of that size, and tone one of good, warn, bad, plain.
 */
function drawMarks(canvas, marks, mirrored = false) {
  const pen = canvas.getContext('2d');
  // The canvas is shown scaled; lines and letters are sized for the eye, not for the picture. One that is not
  // in the document yet is going to be a thumbnail.
  const shown = canvas.width / (canvas.clientWidth || THUMB_SHOWN);
  const line = 3 * shown;
  const letters = Math.round(17 * shown);
  pen.font = `600 ${letters}px system-ui, sans-serif`;
  pen.textBaseline = 'middle';
  for (const mark of marks) {
    const sx = canvas.width / mark.size.width;
    const sy = canvas.height / mark.size.height;
    const w = mark.box.width * sx;
    const h = mark.box.height * sy;
    const x = mirrored ? canvas.width - mark.box.x * sx - w : mark.box.x * sx;
    const y = mark.box.y * sy;
    const style = STYLE[mark.tone];
    pen.lineWidth = line + 2 * shown;
    pen.setLineDash([]);
    pen.strokeStyle = 'rgba(0, 0, 0, .55)';
    pen.strokeRect(x, y, w, h);
    pen.lineWidth = line;
    pen.setLineDash(style.dash.map(d => d * shown));
    pen.strokeStyle = style.line;
    pen.strokeRect(x, y, w, h);
    drawTitle(pen, canvas, mark.title, x, y, h, letters, style.line);
  }
  pen.setLineDash([]);
}

function drawTitle(pen, canvas, title, x, y, h, letters, colour) {
  if (!title) {
    return;
  }
  const pad = letters * 0.4;
  const width = Math.min(pen.measureText(title).width + 2 * pad, canvas.width);
  const height = letters * 1.6;
  const left = Math.max(0, Math.min(x, canvas.width - width));
  const below = y - height < 0;
  const top = below ? Math.min(y + h, canvas.height - height) : y - height;
  pen.fillStyle = 'rgba(10, 14, 18, .85)';
  pen.fillRect(left, top, width, height);
  pen.fillStyle = colour;
  pen.fillText(title, left + pad, top + height / 2, canvas.width - 2 * pad);
}

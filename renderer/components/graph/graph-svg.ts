import { escapeXml } from '../escape-xml.ts';

/** A line of text in a box. */
export interface BoxText {
  readonly text: string;
  /** Height of the letters in px. */
  readonly size: number;
  readonly color: string;
}

export interface PictureBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: string;
  readonly stroke: string;
  readonly strokeWidth: number;
  readonly isDashed: boolean;
  /** Whole, for who points at the box. */
  readonly title: string;
  readonly texts: readonly BoxText[];
}

export interface PictureLine {
  /** A path of SVG. */
  readonly path: string;
  readonly stroke: string;
  readonly strokeWidth: number;
  readonly dashes: string | null;
  readonly title: string;
  /** Where an arrow to the left ends, if it has one. */
  readonly arrow: { readonly x: number; readonly y: number } | null;
  readonly label: { readonly text: string; readonly x: number; readonly y: number } | null;
}

/** A text that stands by itself: the name of a lane. */
export interface PictureLabel extends BoxText {
  readonly x: number;
  /** Of its middle. */
  readonly y: number;
}

/** A graph as it is drawn, in px of its own; colours are values, for variables of CSS mean nothing in a file. */
export interface GraphPicture {
  readonly boxes: readonly PictureBox[];
  readonly lines: readonly PictureLine[];
  readonly labels: readonly PictureLabel[];
  readonly background: string;
  readonly quiet: string;
}

/** Width of a text in px, in letters of a height. */
export type Measure = (text: string, size: number) => number;

const AROUND = 24;
const PADDING = 10;
const LABEL_SIZE = 10;
const NOTE_SIZE = 10;
const NOTE_LINE = 14;
const ARROW = { length: 9, half: 4.5 };

/** The whole graph as SVG, texts as texts, with the notes below: any program for vector graphics opens it. */
export function graphToSvg(picture: GraphPicture, notes: readonly string[], measure: Measure): string {
  const { boxes, lines, labels, background, quiet } = picture;
  const left = Math.min(...boxes.map(({ x }) => x), ...labels.map(({ x }) => x)) - AROUND;
  const top = Math.min(...boxes.map(({ y }) => y), ...labels.map(({ y, size }) => y - size)) - AROUND;
  const below = Math.max(...boxes.map(({ y, height }) => y + height)) + AROUND;
  const right = Math.max(
    ...boxes.map(({ x, width }) => x + width),
    ...labels.map(({ x, text, size }) => x + measure(text, size)),
    ...notes.map((note) => left + AROUND + measure(note, NOTE_SIZE)),
  );
  const [width, height] = [right + AROUND - left, below - top + notes.length * NOTE_LINE + AROUND / 2];
  const at = (value: number) => Number(value.toFixed(2));
  const written = (x: number, y: number, { text, size, color }: BoxText, more = '') =>
    `<text x="${at(x)}" y="${at(y)}" font-size="${size}" fill="${color}" dominant-baseline="central"${more}>${escapeXml(text)}</text>`;
  const drawnLabel = ({ text, x, y }: { text: string; x: number; y: number }) => {
    const wide = measure(text, LABEL_SIZE) + 4;
    const back = `<rect x="${at(x - wide / 2)}" y="${at(y - 7)}" width="${at(wide)}" height="14" fill="${background}"/>`;
    return back + written(x, y, { text, size: LABEL_SIZE, color: quiet }, ' text-anchor="middle"');
  };
  const drawnLines = lines.map((line) => {
    const dashes = line.dashes === null ? '' : ` stroke-dasharray="${line.dashes}"`;
    const { arrow, label } = line;
    return [
      `<g><title>${escapeXml(line.title)}</title>`,
      `<path d="${line.path}" fill="none" stroke="${line.stroke}" stroke-width="${line.strokeWidth}"${dashes}/>`,
      arrow === null
        ? ''
        : `<path d="M${at(arrow.x)} ${at(arrow.y)}l${ARROW.length} ${-ARROW.half}v${2 * ARROW.half}z" fill="${line.stroke}"/>`,
      label === null ? '' : drawnLabel(label),
      '</g>',
    ].join('');
  });
  const drawnBoxes = boxes.map((box) => {
    const lineHeight = box.height / (box.texts.length + 1);
    const texts = box.texts.map((one, row) =>
      written(box.x + PADDING, box.y + lineHeight * (row + 1), {
        ...one,
        text: elided(one, box.width - 2 * PADDING, measure),
      }),
    );
    const dashes = box.isDashed ? ' stroke-dasharray="4 3"' : '';
    return [
      `<g><title>${escapeXml(box.title)}</title>`,
      `<rect x="${at(box.x)}" y="${at(box.y)}" width="${box.width}" height="${box.height}" rx="6" fill="${box.fill}" stroke="${box.stroke}" stroke-width="${box.strokeWidth}"${dashes}/>`,
      ...texts,
      '</g>',
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${at(width)}" height="${at(height)}" viewBox="${[left, top, width, height].map(at).join(' ')}" font-family="sans-serif">`,
    `<desc>${escapeXml(notes.join('\n'))}</desc>`,
    `<rect x="${at(left)}" y="${at(top)}" width="100%" height="100%" fill="${background}"/>`,
    ...drawnLines,
    ...drawnBoxes,
    ...labels.map((label) => written(label.x, label.y, label, ' font-weight="600"')),
    ...notes.map((text, row) =>
      written(left + AROUND, below + NOTE_LINE * (row + 0.5), { text, size: NOTE_SIZE, color: quiet }),
    ),
    '</svg>',
    '',
  ].join('\n');
}

/** As much of a text as there is room for, with an ellipsis where that is not all. */
function elided({ text, size }: BoxText, room: number, measure: Measure): string {
  if (measure(text, size) <= room) return text;
  const letters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  let [fits, tooMany] = [0, letters.length];
  while (tooMany - fits > 1) {
    const half = Math.floor((fits + tooMany) / 2);
    if (measure(`${letters.slice(0, half).join('')}…`, size) <= room) fits = half;
    else tooMany = half;
  }
  return `${letters.slice(0, fits).join('')}…`;
}

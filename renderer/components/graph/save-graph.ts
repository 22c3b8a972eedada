import { madeBy } from '../../state/made-by.ts';
import { showError } from '../../state/messages.ts';
import { readToken } from '../../style/data-colors.ts';
import { fileNameOf, saveFile } from '../save-file.ts';
import { type GraphPicture, graphToSvg } from './graph-svg.ts';

/** Pixels of a PNG for each px of the drawing, and the most of them on a side that every browser draws. */
const SHARPNESS = 2;
const MOST_PIXELS = 16_000;

export type PictureFormat = 'png' | 'svg';

/** Hands the picture of a whole graph to the browser as a file, with notes of where it comes from. */
export async function saveGraph(
  picture: GraphPicture,
  { title, source, format }: { title: string; source: string; format: PictureFormat },
): Promise<void> {
  try {
    const notes = [await madeBy(), `Source: ${source}`];
    const svg = new Blob([graphToSvg(picture, notes, measured())], { type: 'image/svg+xml' });
    saveFile(format === 'svg' ? svg : await drawn(svg), `${fileNameOf(title)}.${format}`);
  } catch (thrown) {
    showError(thrown);
  }
}

/** The value of a colour of the theme, which may be given as `var(--ndi-…)`. */
export function colorValue(color: string): string {
  const name = /^var\((--ndi-[\w-]+)\)$/.exec(color)?.[1];
  return name === undefined ? color : readToken(name as `--ndi-${string}`);
}

function measured(): (text: string, size: number) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) throw new Error('There is no canvas.');
  return (text, size) => {
    context.font = `${size}px sans-serif`;
    return context.measureText(text).width;
  };
}

async function drawn(svg: Blob): Promise<Blob> {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const sharpness = Math.min(SHARPNESS, MOST_PIXELS / Math.max(image.width, image.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(image.width * sharpness);
    canvas.height = Math.round(image.height * sharpness);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((png) => (png === null ? reject(new Error('The picture could not be made.')) : resolve(png)));
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

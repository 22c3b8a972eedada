import { useState } from 'react';
import type { ImageAxis, ImageInfo, ImageSource } from '../../../shared/contract/images.ts';
import { decodeImageFrame, type ImageFrame } from '../../../shared/model/image-frame.ts';
import { client } from '../../state/client.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { MOST_PIXELS, type Place } from './use-frame.ts';

/** The axis of red, green and blue (and of what is behind them), as pictures of cameras and screens have it. */
export function colourAxis({ axes, dataType, format }: ImageInfo): ImageAxis | null {
  const isPicture = ['PNG', 'TIFF', 'BigTIFF'].includes(format) && ['uint8', 'uint16'].includes(dataType);
  return (isPicture && axes.find(({ letter, size }) => 'CS'.includes(letter) && (size === 3 || size === 4))) || null;
}

/** Red, green and blue of a place, while they are shown together; null otherwise, and until they are there. */
export function useColour(source: ImageSource, info: ImageInfo, at: Place) {
  const axis = colourAxis(info);
  const [isOn, setOn] = useState(axis !== null);
  const isShown = axis !== null && isOn;
  const rest = isShown ? { ...at, [axis.letter]: 0 } : null;
  const answer = useAnswer(
    JSON.stringify(['colour', source, rest]),
    async (signal): Promise<readonly ImageFrame[] | null> => {
      if (axis === null || rest === null) return null;
      const asked = [0, 1, 2].map((part) =>
        client.images.frame({ source, at: { ...rest, [axis.letter]: part }, most: MOST_PIXELS }, { signal }),
      );
      return (await Promise.all(asked)).map(decodeImageFrame);
    },
    { keepLast: true },
  );
  return { axis, isOn: isShown, setOn, parts: isShown ? (answer.value ?? null) : null };
}

/** The pixels of a picture in its own colours: what the type can hold is the range. */
export function colourPixels(parts: readonly ImageFrame[]): ImageData | null {
  const [first] = parts;
  if (first === undefined) return null;
  const { width, height, dataType } = first.header;
  const scale = 255 / (dataType === 'uint16' ? 65_535 : 255);
  const image = new ImageData(width, height);
  for (const [part, { values }] of parts.entries()) {
    for (let at = 0; at < values.length; at++) image.data[4 * at + part] = (values[at] ?? 0) * scale;
  }
  for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255;
  return image;
}

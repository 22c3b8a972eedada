import { useEffect, useRef, useState } from 'react';
import type { ImageInfo } from '../../../shared/contract/images.ts';
import { useCommand } from '../../state/commands.ts';
import { t } from '../../texts/translate.ts';
import { colourAxis } from './use-colour.ts';
import type { Place } from './use-frame.ts';
import type { Pixel } from './words.ts';

/** Frames a second while it plays. */
const PLAYED_PER_SEC = 20;
const FAR = 10;

/** Where the viewer is: which frame, whether it plays, which pixel is pointed at by keys; and the commands that move it. */
export function useViewer(info: ImageInfo) {
  const main = mainAxis(info);
  const [at, setAt] = useState<Place>(() => Object.fromEntries(info.axes.map(({ letter }) => [letter, 0])));
  const [playing, setPlaying] = useState(false);
  const [pixel, setPixel] = useState<Pixel | null>(null);
  const size = main?.size ?? 1;
  const index = at[main?.letter ?? ''] ?? 0;
  const place = (letter: string, to: number) => setAt((before) => ({ ...before, [letter]: to }));
  const goTo = (to: number) => {
    if (main !== undefined) place(main.letter, Math.min(size - 1, Math.max(0, to)));
  };
  const movePixel = (rows: number, columns: number) => {
    const { row, column } = pixel ?? { row: Math.floor(info.y.size / 2), column: Math.floor(info.x.size / 2) };
    const inside = (value: number, most: number) => Math.min(most - 1, Math.max(0, value));
    setPixel({ row: inside(row + rows, info.y.size), column: inside(column + columns, info.x.size) });
  };

  const one = { enabled: size > 1, reason: t('There is one frame only') };
  useCommand('image.next', () => goTo(index + 1), one);
  useCommand('image.previous', () => goTo(index - 1), one);
  useCommand('image.forward', () => goTo(index + FAR), one);
  useCommand('image.back', () => goTo(index - FAR), one);
  useCommand('image.first', () => goTo(0), one);
  useCommand('image.last', () => goTo(size - 1), one);
  useCommand('image.play', () => setPlaying(!playing), one);
  useCommand('image.pixelLeft', () => movePixel(0, -1));
  useCommand('image.pixelRight', () => movePixel(0, 1));
  useCommand('image.pixelUp', () => movePixel(-1, 0));
  useCommand('image.pixelDown', () => movePixel(1, 0));

  const next = main === undefined || index + 1 >= size ? null : { ...at, [main.letter]: index + 1 };
  return { at, next, place, playing, pixel, step: () => goTo(index + 1 < size ? index + 1 : 0) };
}

/** Goes on while it plays: the next frame comes once this one is seen, so a slow disk makes it slower and skips nothing. */
export function usePlaying({ playing, step }: ReturnType<typeof useViewer>, shown: object | null): void {
  const go = useRef(step);
  useEffect(() => {
    go.current = step;
  });
  useEffect(() => {
    if (!playing || shown === null) return;
    const timer = setTimeout(() => go.current(), 1000 / PLAYED_PER_SEC);
    return () => clearTimeout(timer);
  }, [playing, shown]);
}

/** The axis along which it is played: time, else the longest that is none of colours. */
function mainAxis(info: ImageInfo) {
  const colour = colourAxis(info);
  const many = info.axes.filter((axis) => axis.size > 1 && axis !== colour);
  return many.find(({ letter }) => letter === 'T') ?? [...many].sort((a, b) => b.size - a.size)[0];
}

import { useEffect, useRef } from 'react';
import type { ImageInfo, ImageSource } from '../../../shared/contract/images.ts';
import { decodeImageFrame, type ImageFrame } from '../../../shared/model/image-frame.ts';
import { client } from '../../state/client.ts';
import { useAnswer, type Answer } from '../../state/use-answer.ts';

/** Pixels of one frame that cross the wall: about what a screen shows. */
export const MOST_PIXELS = 4_000_000;
/** Frames that were seen are kept, to step back and forth at once. */
const MOST_KEPT_BYTES = 96 * 1024 * 1024;

export type Place = Readonly<Record<string, number>>;

/** The frame at a place, and the one after it beforehand. @param next where the viewer will most likely go */
export function useFrame(source: ImageSource, info: ImageInfo, at: Place, next: Place | null): Answer<ImageFrame> {
  const kept = useRef(new Map<string, Promise<ImageFrame>>());
  const ask = (place: Place, signal?: AbortSignal) => {
    const key = JSON.stringify(place);
    const known = kept.current.get(key);
    if (known !== undefined) return known;
    const asked = client.images
      .frame({ source, at: place, most: MOST_PIXELS }, signal === undefined ? {} : { signal })
      .then(decodeImageFrame);
    kept.current.set(key, asked);
    const forget = () => {
      if (kept.current.get(key) === asked) kept.current.delete(key);
    };
    // What failed is asked for again; what is given up must not fail whoever comes back to it meanwhile.
    signal?.addEventListener('abort', forget, { once: true });
    asked.then(() => signal?.removeEventListener('abort', forget), forget);
    makeRoom(kept.current, info);
    return asked;
  };
  const answer = useAnswer(JSON.stringify(['frame', source, at]), (signal) => ask(at, signal), { keepLast: true });
  const isHere = answer.status === 'ready' && !answer.stale;
  const nextKey = JSON.stringify(next);
  useEffect(() => {
    if (isHere && next !== null) void ask(next).catch(() => undefined);
    // `nextKey` stands for the place.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isHere, nextKey]);
  return answer;
}

function makeRoom(kept: Map<string, unknown>, { x, y }: ImageInfo): void {
  // A value takes 8 bytes at most.
  const bytes = 8 * Math.min(MOST_PIXELS, x.size * y.size);
  const most = Math.max(3, Math.floor(MOST_KEPT_BYTES / bytes));
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
}

import { useEffect, useState } from 'react';
import { MOST_PART_BYTES, type Movie } from '../../../../shared/contract/movies.ts';
import type { SignalSource } from '../../../../shared/contract/recordings.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { client } from '../../../state/client.ts';
import { useAnswer, type Answer } from '../../../state/use-answer.ts';
import { formatBytes, t } from '../../../texts/translate.ts';

/** The page holds a whole movie to go to any place of it at once. */
const MOST_BYTES = 2 * 1024 ** 3;

/** The movies beside the files of the source, the likeliest first. */
export function useMovies(source: SignalSource): Answer<readonly Movie[]> {
  return useAnswer(JSON.stringify(['movies', source]), (signal) => client.movies.list({ source }, { signal }));
}

/** An address of a movie that lies in the page, once it is there, and the bytes that are there so far. */
export function useMovieAddress(
  source: SignalSource,
  movie: Movie | undefined,
): { readonly answer: Answer<string | null>; readonly loadedBytes: number } {
  const [loadedBytes, setLoaded] = useState(0);
  const answer = useAnswer(JSON.stringify(['movie', source, movie]), async (signal) => {
    setLoaded(0);
    if (movie === undefined) return null;
    return URL.createObjectURL(await load(source, movie, signal, setLoaded));
  });
  const address = answer.status === 'ready' ? answer.value : null;
  useEffect(() => {
    return () => {
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [address]);
  return { answer, loadedBytes };
}

async function load(
  source: SignalSource,
  { path, name, sizeBytes, type }: Movie,
  signal: AbortSignal,
  onLoaded: (bytes: number) => void,
): Promise<Blob> {
  if (sizeBytes > MOST_BYTES) {
    throw new NdiError({
      code: 'range.tooLarge',
      message: t('{{name}} has {{size}}; movies up to {{most}} can be shown.', {
        name,
        size: formatBytes(sizeBytes),
        most: formatBytes(MOST_BYTES),
      }),
      recovery: t('Make a smaller copy of it in the same folder, for example with ffmpeg.'),
    });
  }
  const parts: Blob[] = [];
  for (let offset = 0; offset < sizeBytes;) {
    const part = await client.movies.part({ source, path, offset, bytes: MOST_PART_BYTES }, { signal });
    if (part.size === 0) break;
    parts.push(part);
    offset += part.size;
    onLoaded(offset);
  }
  return new Blob(parts, { type });
}

import { MOST_PART_BYTES, type Movie } from '../../../../shared/contract/movies.ts';
import type { SignalSource } from '../../../../shared/contract/recordings.ts';
import { client } from '../../../state/client.ts';
import { useAnswer, type Answer } from '../../../state/use-answer.ts';
import { type FileInParts, useWholeFile } from '../../../state/whole-file.ts';
import { t } from '../../../texts/translate.ts';

/** The movies beside the files of the source, the likeliest first. */
export function useMovies(source: SignalSource): Answer<readonly Movie[]> {
  return useAnswer(JSON.stringify(['movies', source]), (signal) => client.movies.list({ source }, { signal }));
}

/** An address of a movie that lies in the page, once it is there, and the bytes that are there so far. */
export function useMovieAddress(source: SignalSource, movie: Movie | undefined): ReturnType<typeof useWholeFile> {
  return useWholeFile(movie === undefined ? undefined : inParts(source, movie));
}

function inParts(source: SignalSource, movie: Movie): FileInParts {
  const { path, name, sizeBytes, type } = movie;
  return {
    key: JSON.stringify([source, movie]),
    ...{ name, sizeBytes, type },
    recovery: t('Make a smaller copy of it in the same folder, for example with ffmpeg.'),
    part: (offset, signal) => client.movies.part({ source, path, offset, bytes: MOST_PART_BYTES }, { signal }),
  };
}

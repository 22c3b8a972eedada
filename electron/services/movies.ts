import { open, readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { CallInputs } from '../../shared/contract/contract.ts';
import type { Movie } from '../../shared/contract/movies.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { toFileError } from '../files/file-faults.ts';
import type { SignalsService } from './signals.ts';

type Inputs = CallInputs['movies'];

/** Movies that browsers play, by the ending of their names. */
const TYPES: Readonly<Record<string, string>> = {
  '.mp4': 'video/mp4',
  '.m4v': 'video/mp4',
  '.mov': 'video/mp4',
  '.webm': 'video/webm',
  '.ogv': 'video/ogg',
};

/** Movies that lie beside recordings. Cameras write them; NDI itself knows nothing of them. */
export class MoviesService {
  readonly #signals: SignalsService;

  constructor(signals: SignalsService) {
    this.#signals = signals;
  }

  /** @throws NdiError as `signals.describe`; path.* */
  async list({ source }: Inputs['list'], signal?: AbortSignal): Promise<Movie[]> {
    const { path, files } = await this.#signals.describe(source, signal);
    const own = files.length > 0 ? files : [path];
    const folders = [...new Set(own.map((file) => dirname(file)))];
    const stems = own.map(stemOf);
    const found = (await Promise.all(folders.map(moviesIn))).flat();
    const isNamedAlike = ({ name }: Movie) => stems.some((stem) => name.toLowerCase().startsWith(stem));
    return [...found.filter(isNamedAlike), ...found.filter((movie) => !isNamedAlike(movie))];
  }

  /** @throws NdiError path.missing where the movie is none of the source's, path.* */
  async part({ source, path, offset, bytes }: Inputs['part'], signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const movies = await this.list({ source }, signal);
    if (!movies.some((movie) => movie.path === path)) {
      throw new NdiError({
        code: 'path.missing',
        message: `${basename(path)} is no movie beside this recording.`,
        recovery: 'Choose one of those that are listed.',
      });
    }
    try {
      const file = await open(path);
      try {
        const { bytesRead, buffer } = await file.read(new Uint8Array(bytes), 0, bytes, offset);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    } catch (thrown) {
      throw toFileError(thrown, path);
    }
  }
}

function stemOf(path: string): string {
  return basename(path, extname(path)).toLowerCase();
}

async function moviesIn(folder: string): Promise<Movie[]> {
  try {
    const names = (await readdir(folder)).filter((name) => TYPES[extname(name).toLowerCase()] !== undefined).sort();
    const found = await Promise.all(
      names.map(async (name): Promise<Movie[]> => {
        const path = join(folder, name);
        // A link that leads nowhere, or what went away meanwhile, hides no other movie.
        const known = await stat(path).catch(() => null);
        if (known?.isFile() !== true) return [];
        return [{ path, name, sizeBytes: known.size, type: TYPES[extname(name).toLowerCase()] ?? '' }];
      }),
    );
    return found.flat();
  } catch (thrown) {
    throw toFileError(thrown, folder);
  }
}

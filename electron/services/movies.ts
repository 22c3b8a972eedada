import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { CallInputs } from '../../shared/contract/contract.ts';
import type { Movie } from '../../shared/contract/movies.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { toFileError } from '../files/file-faults.ts';
import { readPart } from '../files/read-part.ts';
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
    const own = await this.#filesOf(source, signal);
    const stems = own.map(stemOf);
    const found = (await Promise.all([...new Set(own.map(dirname))].map(moviesIn))).flat();
    const isNamedAlike = ({ name }: Movie) => stems.some((stem) => name.toLowerCase().startsWith(stem));
    return [...found.filter(isNamedAlike), ...found.filter((movie) => !isNamedAlike(movie))];
  }

  /** @throws NdiError path.missing where the movie is none of the source's, path.* */
  async part({ source, path, offset, bytes }: Inputs['part'], signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const folders = (await this.#filesOf(source, signal)).map(dirname);
    if (!folders.includes(dirname(path)) || (await movieAt(path)) === null) {
      throw new NdiError({
        code: 'path.missing',
        message: `${basename(path)} is no movie beside this recording.`,
        recovery: 'Choose one of those that are listed.',
      });
    }
    return readPart(path, offset, bytes);
  }

  async #filesOf(source: Inputs['list']['source'], signal?: AbortSignal): Promise<string[]> {
    const { path, files } = await this.#signals.describe(source, signal);
    return files.length > 0 ? [...files] : [path];
  }
}

function stemOf(path: string): string {
  return basename(path, extname(path)).toLowerCase();
}

async function moviesIn(folder: string): Promise<Movie[]> {
  try {
    const names = (await readdir(folder)).sort();
    const found = await Promise.all(names.map((name) => movieAt(join(folder, name))));
    return found.filter((movie) => movie !== null);
  } catch (thrown) {
    throw toFileError(thrown, folder);
  }
}

/** Null where no movie lies. */
async function movieAt(path: string): Promise<Movie | null> {
  const type = TYPES[extname(path).toLowerCase()];
  if (type === undefined) return null;
  // A link that leads nowhere, or what went away meanwhile, hides no other movie.
  const known = await stat(path).catch(() => null);
  return known?.isFile() === true ? { path, name: basename(path), sizeBytes: known.size, type } : null;
}

import { statSync } from 'node:fs';
import { type ImageAddress, filesOf, openImages } from './open-images.ts';
import type { ImageLayout, OpenImages } from './image-stack.ts';
import { type SeriesTimes, seriesTimes } from './series-times.ts';

const MOST_STACKS = 8;
/** Of a series of very many files so many are looked at. */
const MOST_STAMPED_FILES = 16;

/** What is told of a stack of frames; `series` of an epoch's files only. */
export interface DescribedImages {
  readonly layout: ImageLayout;
  readonly series: SeriesTimes | null;
}

/** Lists of pages that were read, kept as long as the files do not change. */
export class ImageCache {
  readonly #entries = new Map<string, { images: OpenImages; stamp: string }>();

  /** @throws NdiError format.*, path.* */
  open(address: ImageAddress): OpenImages {
    const key = JSON.stringify(address);
    const stamp = stampOf(address);
    const known = this.#entries.get(key);
    this.#entries.delete(key);
    const entry = known?.stamp === stamp ? known : { images: openImages(address), stamp };
    this.#entries.set(key, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST_STACKS && oldest !== undefined) this.#entries.delete(oldest);
    return entry.images;
  }

  /** @throws NdiError format.*, path.* */
  describe(address: ImageAddress): DescribedImages {
    const { layout } = this.open(address);
    if (address.kind === 'file') return { layout, series: null };
    const frames = layout.axes.find(({ letter }) => letter === 'T')?.size ?? 1;
    return { layout, series: seriesTimes(address.reader, address.files, frames) };
  }

  clear(): void {
    this.#entries.clear();
  }
}

function stampOf(address: ImageAddress): string {
  const stamps = filesOf(address)
    .slice(0, MOST_STAMPED_FILES)
    .map((path) => {
      const found = statSync(path, { throwIfNoEntry: false });
      return found === undefined ? '' : `${found.mtimeMs}:${found.size}`;
    });
  return stamps.join(' ');
}

import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { beat } from '../../files/heartbeat.ts';
import { formatFault, toReadFault } from '../file-faults.ts';
import { checkPlace } from './image-faults.ts';
import type { ImageLayout, OpenImages } from './image-stack.ts';
import { openTiffImages } from './tiff.ts';

/**
 * Series of images of one epoch, as NDI's image readers take them from files (NDR-matlab `ndr.reader.tiffstack` and
 * `prairieview`, read for their behaviour): each page is a frame, or each file one channel of a frame.
 */
export type SeriesReader = 'tiffstack' | 'prairieview';

/** @throws NdiError format.*, path.* */
export function openSeries(reader: SeriesReader, files: readonly string[]): OpenImages {
  const pictures = pictureFiles(files);
  return reader === 'prairieview' ? openGrid(pictures) : openPages(pictures);
}

const isTiff = (path: string): boolean => /\.tiff?$/i.test(extname(path));

/**
 * The TIFF files of an epoch by their names: those among its files, else those in the folders of its files, which mark
 * where the pictures lie.
 * @throws NdiError format.empty, path.*
 */
export function pictureFiles(files: readonly string[]): string[] {
  const listed = files.flatMap((file) => (isFolder(file) ? tiffsIn(file) : isTiff(file) ? [file] : []));
  const found = listed.length > 0 ? listed : [...new Set(files.map((file) => dirname(file)))].flatMap(tiffsIn);
  if (found.length > 0) return [...new Set(found)].sort(byName);
  throw formatFault('format.empty', files[0] ?? '', 'no TIFF file lies among the epoch’s files or beside them.');
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function tiffsIn(folder: string): string[] {
  try {
    beat();
    return readdirSync(folder)
      .filter((name) => isTiff(name) && !name.startsWith('.'))
      .map((name) => join(folder, name));
  } catch (thrown) {
    throw toReadFault(thrown, folder);
  }
}

/** All pages of all files, which are taken to be alike: as many pages in each as in the first. */
function openPages(files: readonly string[]): OpenImages {
  const [head = ''] = files;
  // To know the pages of a file is to go through all of it: not for each frame of those that are asked for in turn.
  let last = { path: head, images: openTiffImages(head) };
  const { layout } = last.images;
  const colour = layout.axes.filter(
    ({ letter }) => letter === 'S' || (letter === 'C' && layout.axes[0]?.letter === 'C'),
  );
  const samples = colour[0]?.size ?? 1;
  const pages = layout.axes.reduce((product, { size }) => product * size, 1) / samples;
  const whole: ImageLayout = {
    ...layout,
    axes: [
      { letter: 'C', size: samples },
      { letter: 'T', size: pages * files.length },
    ],
  };
  return {
    layout: whole,
    readFrame(at, step) {
      checkPlace(whole, at, step, head);
      const [sample = 0, frame = 0] = at;
      const path = files[Math.floor(frame / pages)] ?? head;
      if (path !== last.path) last = { path, images: openTiffImages(path) };
      const own = last.images;
      const place = placeIn(own.layout, samples, sample, frame % pages);
      if (
        place === null ||
        own.layout.width !== layout.width ||
        own.layout.height !== layout.height ||
        own.layout.dataType !== layout.dataType
      ) {
        throw formatFault(
          'format.invalid',
          path,
          `it differs in size, type or pages from ${basename(head)}, the first of the series.`,
        );
      }
      return own.readFrame(place, step);
    },
  };
}

/** The place of a page on the axes of its own file. */
function placeIn({ axes }: ImageLayout, samples: number, sample: number, page: number): number[] | null {
  let rest = page;
  const place = axes.map(({ size }, axis) => {
    if (axis === 0 && samples > 1) return sample;
    const at = rest % size;
    rest = Math.floor(rest / size);
    return at;
  });
  return rest > 0 || (samples > 1 && axes[0]?.size !== samples) ? null : place;
}

/** A file of Prairie View by its name: `..._Cycle001_..._Ch2_000017...`. */
function nameParts(path: string, index: number) {
  const name = basename(path, extname(path));
  const number = (pattern: RegExp) => Number(pattern.exec(name)?.[1] ?? 1);
  const digits = name.match(/\d+/g);
  return {
    folder: dirname(path),
    cycle: number(/cycle(\d+)/i),
    channel: number(/ch(\d+)/i),
    frame: digits === null ? index + 1 : Number(digits.at(-1)),
  };
}

/** A file a frame and channel, in the order of folders, cycles and frames. */
function openGrid(files: readonly string[]): OpenImages {
  const named = files.map((path, index) => ({ path, ...nameParts(path, index) }));
  const channels = [...new Set(named.map(({ channel }) => channel))].sort((a, b) => a - b);
  const rows = new Map<string, string[]>();
  const ordered = [...named].sort((a, b) => byName(a.folder, b.folder) || a.cycle - b.cycle || a.frame - b.frame);
  for (const { path, folder, cycle, frame, channel } of ordered) {
    const key = [folder, cycle, frame].join('\n');
    const row = rows.get(key) ?? [];
    row[channels.indexOf(channel)] = path;
    rows.set(key, row);
  }
  const all = [...rows.values()];
  const grid = all.filter((row) => channels.every((_, at) => row[at] !== undefined));
  const [head] = grid;
  if (head === undefined)
    throw formatFault('format.invalid', files[0] ?? '', 'no frame has a picture of every channel.');
  const first = openTiffImages(head[0] ?? '');
  const problems: Problem[] = [];
  if (grid.length < all.length) {
    const message = `${all.length - grid.length} frames lack the picture of a channel; NDI-matlab refuses such a series. They are left out.`;
    problems.push({ grade: 'shouldFix', code: 'format.truncated', message, paths: [dirname(head[0] ?? '')] });
  }
  const layout: ImageLayout = {
    ...first.layout,
    axes: [
      { letter: 'C', size: channels.length },
      { letter: 'T', size: grid.length },
    ],
    problems: [...first.layout.problems, ...problems],
  };
  return {
    layout,
    readFrame(at, step) {
      checkPlace(layout, at, step, head[0] ?? '');
      const path = grid[at[1] ?? 0]?.[at[0] ?? 0] ?? '';
      const own = openTiffImages(path);
      const { width, height, dataType, axes } = own.layout;
      if (width !== layout.width || height !== layout.height || dataType !== layout.dataType) {
        throw formatFault('format.invalid', path, 'it differs in size or type from the first of the series.');
      }
      return own.readFrame(
        axes.map(() => 0),
        step,
      );
    },
  };
}

import type { Problem } from '../../../shared/contract/common.ts';
import { pixelBytes } from '../../../shared/model/pixels.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import { checkPlace } from './image-faults.ts';
import type { FrameAxis, ImageLayout, OpenImages } from './image-stack.ts';
import { openTiff, readDirectory, textOf, type TiffFile } from './tiff-directory.ts';
import { type Page, pageKind, readPage } from './tiff-page.ts';
import { readSample } from './tiff-pixels.ts';

const MOST_PAGES = 1_000_000;
const IMAGE_DESCRIPTION = 270;

/**
 * Pages of a TIFF file as frames: those that are alike in size and type with the first (others, such as small previews,
 * are left out, and told). ImageJ says in words how many frames follow one directory, and what their axes are.
 * @throws NdiError format.*, path.*
 */
export function openTiffImages(path: string): OpenImages {
  const { pages, first, axes, problems } = withFile(path, (file) => {
    const tiff = openTiff(file);
    const found = alikePages(tiff);
    const described = describedFrames(tiff, found);
    return {
      ...found,
      ...(described ?? { axes: found.pages.length === 1 ? [] : [{ letter: 'T', size: found.pages.length }] }),
    };
  });
  const colour: FrameAxis[] =
    first.samples === 1 ? [] : [{ letter: axes.some(({ letter }) => letter === 'C') ? 'S' : 'C', size: first.samples }];
  const layout: ImageLayout = {
    format: 'tiff',
    ...{ height: first.height, width: first.width, dataType: first.dataType },
    axes: [...colour, ...axes],
    problems,
  };
  return {
    layout,
    readFrame(at, step) {
      checkPlace(layout, at, step, path);
      const frame = axes.reduceRight((sum, { size }, axis) => sum * size + (at[axis + colour.length] ?? 0), 0);
      return withFile(path, (file) => {
        const tiff = openTiff(file);
        return readSample(tiff, pageOf(tiff, pages, first, frame), colour.length === 0 ? 0 : (at[0] ?? 0), step);
      });
    },
  };
}

/** Places of the directories of frames; or, after one directory, the bytes from frame to frame. */
type Pages =
  { readonly length: number; readonly places: readonly number[] } | { readonly length: number; readonly bytes: number };

function pageOf(tiff: TiffFile, pages: Pages, first: Page, frame: number): Page {
  if ('bytes' in pages) return { ...first, offsets: first.offsets.map((offset) => offset + frame * pages.bytes) };
  const page = readPage(tiff, readDirectory(tiff, pages.places[frame] ?? 0));
  if (pageKind(page) === pageKind(first)) return page;
  throw formatFault('format.invalid', tiff.file.path, 'it has changed while it was looked at.', {
    offset: pages.places[frame] ?? 0,
  });
}

function alikePages(tiff: TiffFile): { pages: Pages; first: Page; problems: Problem[] } {
  const { path } = tiff.file;
  const places: number[] = [];
  const seen = new Set<number>();
  const problems: Problem[] = [];
  const note = (message: string) =>
    problems.push({ grade: 'shouldFix', code: 'format.invalid', message, paths: [path] });
  let first: Page | null = null;
  let others = 0;
  for (let at = tiff.firstDirectory; at !== 0;) {
    if (seen.has(at) || places.length >= MOST_PAGES) {
      note('The list of its pages leads back into itself, and ends here.');
      break;
    }
    seen.add(at);
    try {
      const directory = readDirectory(tiff, at);
      const page = readPage(tiff, directory);
      first ??= page;
      if (pageKind(page) === pageKind(first)) places.push(at);
      else others += 1;
      at = directory.next;
    } catch (thrown) {
      // A stack that was cut off is shown as far as it goes.
      if (first === null) throw thrown;
      note(
        `Only the first ${places.length} pages can be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      );
      break;
    }
  }
  if (first === null) throw formatFault('format.empty', path, 'it holds no picture.');
  if (others > 0) {
    const message = `${others} of its pages differ from the first in size or type; they are left out.`;
    problems.push({ grade: 'note', code: 'format.unsupported', message, paths: [path] });
  }
  return { pages: { length: places.length, places }, first, problems };
}

/** What ImageJ writes into the description: `images=`, `channels=`, `slices=`, `frames=`, of which the first runs fastest. */
function describedFrames(tiff: TiffFile, { pages, first }: { pages: Pages; first: Page }) {
  const text = textOf(tiff, readDirectory(tiff, tiff.firstDirectory), IMAGE_DESCRIPTION);
  if (!text.startsWith('ImageJ=')) return null;
  const said = (name: string) => Number(new RegExp(`^${name}=(\\d+)\\s*$`, 'm').exec(text)?.[1] ?? 1);
  const [images, channels, slices, times] = [said('images'), said('channels'), said('slices'), said('frames')];
  const named = [
    { letter: 'C', size: channels },
    { letter: 'Z', size: slices },
    { letter: 'T', size: times },
  ].filter(({ size }) => size > 1);
  const isWhole = channels * slices * times === images && images > 1;
  if (isWhole && pages.length === images) return { axes: named };
  // Files of more than 4 GB have one directory, and the frames one after the other.
  const bytes = first.width * first.height * first.samples * pixelBytes(first.dataType);
  const last = (first.offsets[0] ?? Infinity) + images * bytes;
  const isPlain = first.compression === 1 && first.bits >= 8 && pages.length === 1;
  if (!isPlain || images <= 1 || !(last <= tiff.file.size)) return null;
  return { pages: { length: images, bytes }, axes: isWhole ? named : [{ letter: 'T', size: images }] };
}

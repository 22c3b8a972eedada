import { listOf, type NdiDocument, objectOf, textOf, valueAt } from '../../../shared/model/documents.ts';
import type { JsonValue } from '../../../shared/model/document-json.ts';
import { noRaster, type Raster } from '../../../shared/model/raster.ts';
import type { Session } from '../session.ts';
import type { EpochImages } from './epoch.ts';

/** An ingested epoch of an image DAQ system, and the file with its frames (reference, section 10). */
export const IMAGES_CLASS = 'daqreader_image_epochdata_ingested';
export const FRAMES_FILE = 'frames.bin';

/** Where the frames of an ingested epoch are; null where the document holds none. */
export function ingestedImages(session: Pick<Session, 'files'>, document: NdiDocument): EpochImages | null {
  const file = session.files(document).find(({ name }) => name === FRAMES_FILE);
  const path = file?.path ?? file?.fetchedTo ?? null;
  if (path === null) return null;
  const field = (name: string) => valueAt(document, `${IMAGES_CLASS}.${name}`);
  const times = numbersOf(field('frametimes'));
  const order = textOf(field('dimension_order'));
  const size = numbersOf(field('dimension_size'));
  // NDI-matlab itself goes by the number of frames.
  const frames = Number(field('num_frames'));
  const shape = { order: order === '' ? 'YXCZT' : order, size, dataType: textOf(field('data_type')) };
  return {
    address: { kind: 'file', path, raw: shape },
    times:
      times.length === frames && times.length > 0 && times.every(Number.isFinite) ? Float64Array.from(times) : null,
    raster: rasterOf(field('metadata')),
  };
}

export function numbersOf(value: JsonValue | undefined): number[] {
  return listOf(value).map((one) => (one === null ? NaN : Number(one)));
}

/** `metadata` of NDI's image readers, in seconds; NaN is what is not known. */
function rasterOf(value: JsonValue | undefined): Raster {
  const metadata = objectOf(value);
  const number = (name: string) => {
    const found = metadata?.[name];
    return typeof found === 'number' && Number.isFinite(found) ? found : null;
  };
  const bidirectional = metadata?.['bidirectional'];
  return {
    ...noRaster,
    framePeriodSec: number('frame_period'),
    linePeriodSec: number('line_period'),
    dwellTimeSec: number('dwell_time'),
    linesPerFrame: number('lines_per_frame'),
    pixelsPerLine: number('pixels_per_line'),
    bidirectional: bidirectional === true || bidirectional === 1,
  };
}

/** The same the other way. */
export function metadataOf(raster: Raster | null): Record<string, JsonValue> {
  const { framePeriodSec, linePeriodSec, dwellTimeSec, linesPerFrame, pixelsPerLine, bidirectional } =
    raster ?? noRaster;
  return {
    israster: framePeriodSec !== null || linePeriodSec !== null,
    frame_period: framePeriodSec ?? NaN,
    line_period: linePeriodSec ?? NaN,
    dwell_time: dwellTimeSec ?? NaN,
    lines_per_frame: linesPerFrame ?? NaN,
    pixels_per_line: pixelsPerLine ?? NaN,
    bidirectional,
  };
}

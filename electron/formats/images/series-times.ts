import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { noRaster, type Raster } from '../../../shared/model/raster.ts';
import { beat } from '../../files/heartbeat.ts';
import { formatFault, toReadFault } from '../file-faults.ts';
import { pictureFiles, type SeriesReader } from './series.ts';

/** When the frames of a series were taken, and how its pixels were scanned. */
export interface SeriesTimes {
  /** Seconds, one a frame; null where nothing tells them: then the epoch has no clock. */
  readonly times: Float64Array | null;
  readonly raster: Raster;
  readonly problems: readonly Problem[];
}

const MOST_CONFIG_BYTES = 256 * 1024 * 1024;

/**
 * Times from a file beside the pictures (`<name>_frametimes.txt`, or `frametimes.txt` of several), or from the
 * configuration of Prairie View. Sources: NDR-matlab `ndr.reader.tiffstack` and `ndr.format.prairieview`, read for facts.
 * @param frames as many as the series has
 * @throws NdiError format.*, path.*
 */
export function seriesTimes(reader: SeriesReader, files: readonly string[], frames: number): SeriesTimes {
  const pictures = pictureFiles(files);
  if (reader === 'prairieview') {
    const told = prairieTimes([...new Set(pictures.map((path) => dirname(path)))], frames);
    if (told !== null && (told.times !== null || told.problems.length > 0)) return told;
    const beside = besideTimes(pictures, frames);
    return { ...beside, raster: told?.raster ?? noRaster };
  }
  return besideTimes(pictures, frames);
}

function besideTimes(pictures: readonly string[], frames: number): SeriesTimes {
  const [first = ''] = pictures;
  const stem = basename(first, extname(first));
  const path = join(dirname(first), pictures.length === 1 ? `${stem}_frametimes.txt` : 'frametimes.txt');
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true)
    return { times: null, raster: noRaster, problems: [] };
  const text = readText(path).replace(/[%#].*$/gm, '');
  const times = Float64Array.from(
    text.split(/[\s,;]+/).filter((part) => part !== ''),
    Number,
  );
  return { raster: noRaster, ...checked(times, frames, path) };
}

/** As many times as frames, in order: others would put frames at wrong times. */
function checked(times: Float64Array, frames: number, path: string): Pick<SeriesTimes, 'times' | 'problems'> {
  const wrong =
    times.length !== frames
      ? `It tells ${times.length} times, and there are ${frames} frames`
      : !times.every(Number.isFinite)
        ? 'A time in it is no number'
        : null;
  if (wrong === null) return { times, problems: [] };
  const message = `${wrong}: the frames are shown without times.`;
  return { times: null, problems: [{ grade: 'shouldFix', code: 'format.invalid', message, paths: [path] }] };
}

/** The times of each folder's configuration, one folder after the other; null where no folder has one. */
function prairieTimes(folders: readonly string[], frames: number): SeriesTimes | null {
  const configs = [...folders].sort().map(configOf);
  const [first] = configs;
  if (first === undefined || first === null) return null;
  const raster = rasterOf(first);
  const lists = configs.map((config) => config?.times ?? []);
  if (lists.every((list) => list.length === 0)) return { times: null, raster, problems: [] };
  return { raster, ...checked(Float64Array.from(lists.flat()), frames, first.path) };
}

interface PrairieConfig {
  readonly path: string;
  readonly times: readonly number[];
  /** By the names of the legacy configuration, microseconds as there. */
  readonly main: Readonly<Record<string, number | undefined>>;
  readonly bidirectional: boolean;
}

function configOf(folder: string): PrairieConfig | null {
  const names = namesIn(folder).sort();
  const legacy = names.filter((name) => name.endsWith('_Main.pcf')).at(-1);
  const helpers = ['tour.xml', 'exlude.xml', 'exclude.xml'];
  const name = legacy ?? names.filter((one) => /\.xml$/i.test(one) && !helpers.includes(one.toLowerCase())).at(-1);
  if (name === undefined) return null;
  const path = join(folder, name);
  const text = readText(path);
  if (legacy !== undefined) return { path, ...readLegacy(text) };
  return { path, ...(/<PVScan[^>]*version="/.test(text) ? readScan(text) : readDataSet(text)) };
}

type Config = Omit<PrairieConfig, 'path'>;

/** `[Main]` with `Frame period (us)=...`, and `[Image TimeStamp (us)]` with a line an image. */
function readLegacy(text: string): Config {
  const sections = new Map<string, [string, string][]>();
  let current: [string, string][] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, section] = /^\s*\[(.*)\]/.exec(line) ?? [];
    if (section !== undefined) sections.set(section.trim().toLowerCase(), (current = []));
    const equals = line.indexOf('=');
    if (equals > 0) current.push([line.slice(0, equals).trim(), line.slice(equals + 1).trim()]);
  }
  const main = new Map(sections.get('main') ?? []);
  const number = (name: string) => (main.has(name) ? Number(main.get(name)) : undefined);
  return {
    times: (sections.get('image timestamp (us)') ?? []).map(([, value]) => Number(value) / 1e6),
    main: {
      lines: number('Lines per frame'),
      pixels: number('Pixels per line'),
      framePeriodUs: number('Frame period (us)'),
      dwellUs: number('Dwell time (us)'),
    },
    bidirectional: false,
  };
}

/** `<Frame absoluteTime="...">` in seconds, and keys with values. */
function readScan(text: string): Config {
  const value = (key: string) =>
    new RegExp(`key="${key}"[^>]*value="([^"]*)"`).exec(text)?.[1] ?? new RegExp(`\\b${key}="([^"]*)"`).exec(text)?.[1];
  const number = (key: string, scale = 1) => {
    const found = value(key);
    return found === undefined || found.trim() === '' ? undefined : scale * Number(found);
  };
  return {
    times: [...text.matchAll(/<Frame[^>]*absoluteTime="([-+0-9.eE]+)"/g)].map(([, time]) => Number(time)),
    main: {
      lines: number('linesPerFrame'),
      pixels: number('pixelsPerLine'),
      framePeriodUs: number('framePeriod', 1e6),
      dwellUs: number('dwellTime'),
      linePeriodUs: number('scanLinePeriod', 1e6),
    },
    bidirectional: value('bidirectionalScan')?.trim().toLowerCase() === 'true',
  };
}

/** The XML of older versions: a schema, then a `<Dataset_x0020_N>` a frame with its time in milliseconds. */
function readDataSet(text: string): Config {
  const data = text.slice(text.lastIndexOf('</xs:schema>') + 1);
  const number = (name: string) => {
    const found = new RegExp(`<${name}[^>]*>([^<]*)<`).exec(data)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const rate = number('Framerate');
  const rows = data.split(/<Dataset_x0020_\d+>/).slice(1);
  return {
    times: rows.flatMap((row) => {
      const [, time] = /<[^>/]*Time[^>]*>([^<]*)</.exec(row) ?? [];
      return time === undefined ? [] : [Number(time) / 1e3];
    }),
    main: {
      lines: number('Lines_Per_Frame'),
      pixels: number('Pixels_Per_Line'),
      framePeriodUs: rate === undefined || rate === 0 ? undefined : 1e6 / rate,
    },
    bidirectional: false,
  };
}

function rasterOf({ main, bidirectional }: PrairieConfig): Raster {
  const finite = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);
  const seconds = (value: number | undefined) => (finite(value) === null ? null : (value ?? NaN) / 1e6);
  const framePeriodSec = seconds(main['framePeriodUs']);
  const linesPerFrame = finite(main['lines']);
  // Without the time of a line, the pause between lines is taken for a part of them.
  const derived =
    framePeriodSec !== null && linesPerFrame !== null && linesPerFrame > 0 ? framePeriodSec / linesPerFrame : null;
  return {
    framePeriodSec,
    linePeriodSec: seconds(main['linePeriodUs']) ?? derived,
    dwellTimeSec: seconds(main['dwellUs']),
    linesPerFrame,
    pixelsPerLine: finite(main['pixels']),
    bidirectional,
  };
}

function namesIn(folder: string): string[] {
  try {
    beat();
    return readdirSync(folder);
  } catch (thrown) {
    throw toReadFault(thrown, folder);
  }
}

function readText(path: string): string {
  try {
    beat();
    const { size } = statSync(path);
    if (size > MOST_CONFIG_BYTES)
      throw formatFault('format.unsupported', path, `it has ${size} bytes, too many to be read.`);
    return readFileSync(path, 'latin1');
  } catch (thrown) {
    throw toReadFault(thrown, path);
  }
}

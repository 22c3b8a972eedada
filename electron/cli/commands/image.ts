import { extname } from 'node:path';
import type { ImageAxis, ImageInfo, ImageSource } from '../../../shared/contract/images.ts';
import { autoContrast, type ColorMap, colorTable, toLevels } from '../../../shared/model/contrast.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { decodeImageFrame, type ImageFrame } from '../../../shared/model/image-frame.ts';
import { writePng } from '../../files/png-writer.ts';
import { OutputFile } from '../output-file.ts';
import type { Command, Run } from '../run.ts';
import { npyHeader } from '../sample-rows.ts';
import { printable, sections, table } from '../tables.ts';

const formats = ['json', 'csv', 'npy', 'png'] as const;
type Format = (typeof formats)[number];

interface ImageOptions {
  readonly id?: string;
  readonly file?: string;
  readonly device?: string;
  readonly epoch?: string;
  readonly at?: Readonly<Record<string, number>>;
  readonly time?: number;
  readonly format?: Format;
  readonly limits?: readonly [number, number];
  readonly colors: ColorMap;
  readonly out?: string;
}

export const image: Command<ImageOptions> = async (run, [path = ''], options) => {
  const { id, file, device, epoch, at, time, format, out } = options;
  const source: ImageSource = {
    path: run.path(path),
    ...(id === undefined ? {} : { id }),
    ...(file === undefined ? {} : { file }),
    ...(device === undefined ? {} : { device }),
    ...(epoch === undefined ? {} : { epoch }),
  };
  const info = await run.callLong('Looking', (client, signal) => client.images.describe({ source }, { signal }));
  const wantsFrame = at !== undefined || time !== undefined || format !== undefined || out !== undefined;
  if (!wantsFrame) return { value: info, text: () => describe(info) };
  const place = { ...at, ...(time === undefined ? {} : { T: await frameAt(run, source, time) }) };
  const answer = await run.callLong('Reading', (client, signal) =>
    client.images.frame({ source, at: place }, { signal }),
  );
  const frame = decodeImageFrame(answer);
  return writeFrame(run, frame, place, options);
};

async function frameAt(run: Run, source: ImageSource, time: number): Promise<number> {
  const frame = await run.call((client, signal) => client.images.frameAt({ source, time }, { signal }));
  if (frame !== null) return frame;
  throw new NdiError({
    code: 'time.noClock',
    message: 'Its frames have no times.',
    recovery: 'Name the frame by its index: --at T=0.',
  });
}

async function writeFrame(run: Run, frame: ImageFrame, at: Readonly<Record<string, number>>, options: ImageOptions) {
  const { out = '-' } = options;
  const format = chooseFormat(run, options);
  const { width, height, dataType, timeSec } = frame.header;
  if (format === 'json' && out === '-') {
    return { value: jsonOf(frame, at), text: () => JSON.stringify(jsonOf(frame, at)) };
  }
  const target = out === '-' ? '-' : run.path(out);
  const file = await OutputFile.open(target);
  try {
    if (format === 'png') await file.write(pngOf(frame, options));
    else if (format === 'json') await file.write(`${JSON.stringify(jsonOf(frame, at))}\n`);
    else if (format === 'csv') await writeCsv(file, frame);
    else await writeNpy(file, frame);
    run.signal.throwIfAborted();
    await file.finish();
  } catch (error) {
    await file.discard();
    throw error;
  }
  if (target === '-') return null;
  const value = { file: target, format, width, height, dataType, at, time: timeSec, bytes: file.size };
  return { value, text: () => `Wrote ${width} × ${height} pixels to ${target}.` };
}

function chooseFormat(run: Run, { format, out }: ImageOptions): Format {
  const ending = extname(out ?? '')
    .slice(1)
    .toLowerCase();
  const chosen = format ?? formats.find((one) => one === ending) ?? (run.json ? 'json' : 'csv');
  if (!run.json || chosen === 'json' || (out !== undefined && out !== '-')) return chosen;
  throw new NdiError({
    code: 'usage.invalid',
    message: `With --json, standard output holds JSON and not ${chosen}.`,
    recovery: 'Leave out --json, or name a file with --out.',
  });
}

/** Rows of values; those that are not finite are null. */
function jsonOf(
  { header: { width, height, dataType, timeSec }, values }: ImageFrame,
  at: Readonly<Record<string, number>>,
) {
  const data = Array.from({ length: height }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width), (value) => (Number.isFinite(value) ? value : null)),
  );
  return { width, height, dataType, at, time: timeSec, data };
}

function pngOf({ header: { width, height }, values }: ImageFrame, { limits, colors }: ImageOptions): Buffer {
  const contrast =
    limits === undefined ? (autoContrast(values) ?? { low: 0, high: 1 }) : { low: limits[0], high: limits[1] };
  return writePng(toLevels(values, contrast), width, height, colorTable(colors));
}

async function writeCsv(file: OutputFile, { header: { width, height }, values }: ImageFrame): Promise<void> {
  for (let row = 0; row < height; row++)
    await file.write(`${values.subarray(row * width, (row + 1) * width).join(',')}\n`);
}

/** Rows by columns, of the type of the values. */
async function writeNpy(file: OutputFile, { header: { width, height, dataType }, values }: ImageFrame): Promise<void> {
  const kinds: Readonly<Record<string, string>> = { logical: '|u1', uint8: '|u1', int8: '|i1', single: '<f4' };
  const kind =
    kinds[dataType] ?? (/^u?int(16|32)$/.test(dataType) ? `<${dataType[0]}${Number(dataType.slice(-2)) / 8}` : '<f8');
  await file.write(npyHeader(height, width, kind));
  await file.write(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

const UNREAD =
  'Its page in the window shows it. Frames and values are read of TIFF and PNG files and of raw values only: save it as one of these to have them here.';

function describe(info: ImageInfo): string {
  const scaleOf = ({ scale, units }: ImageAxis) => (scale === null ? '' : `${scale} ${units}`.trim());
  const lines = [
    `${printable(info.name)}: ${info.format}, ${info.kind === 'frames' ? info.dataType : info.kind}, ${info.sizeBytes} bytes`,
    info.kind === 'frames' ? '' : UNREAD,
    info.timed ? 'Its frames have times.' : '',
    info.limits === null ? '' : `Values from ${info.limits[0]} to ${info.limits[1]}, as the document says.`,
  ];
  return sections(
    lines.filter(Boolean).join('\n'),
    info.kind === 'frames'
      ? table(
          ['Axis', 'What it is', 'Size', 'Step'],
          [info.y, info.x, ...info.axes].map((axis) => [axis.letter, axis.label, axis.size, scaleOf(axis)]),
        )
      : '',
    info.problems.map(({ grade, message }) => `${grade}: ${printable(message)}`).join('\n'),
  );
}

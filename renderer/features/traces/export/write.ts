import { escapeXml } from '../../../components/escape-xml.ts';
import type { VisibleColumn, VisibleLine } from './visible-line.ts';

type Row = (number | string | undefined)[];

/** Times and values as rows in order of time; columns of equal times share their rows, two events of one channel do not. */
function rowsOf(columns: readonly VisibleColumn[]): { head: string[]; rows: [number, Row][] } {
  const rows = new Map<number, Row[]>();
  columns.forEach(({ x, y }, column) => {
    x.forEach((time, index) => {
      const value = y[index];
      if (value === undefined || Number.isNaN(value)) return;
      const known = rows.get(time) ?? [];
      let row = known.find((one) => one[column] === undefined);
      if (row === undefined) known.push((row = []));
      row[column] = value;
      rows.set(time, known);
    });
  });
  const head = ['time (s)', ...columns.map(({ name, units }) => (units === '' ? name : `${name} (${units})`))];
  const inOrder = [...rows].sort(([a], [b]) => a - b);
  return { head, rows: inOrder.flatMap(([time, known]) => known.map((row): [number, Row] => [time, row])) };
}

/** CSV with the notes above as comments; nothing stands where a column has no value. */
export function toCsv(columns: readonly VisibleColumn[], notes: readonly string[]): string {
  const { head, rows } = rowsOf(columns);
  const body = rows.map(([time, values]) =>
    [time, ...columns.map((_, column) => csvField(String(values[column] ?? '')))].join(','),
  );
  return [...notes.map((note) => `# ${note}`), head.map(csvField).join(','), ...body, ''].join('\n');
}

/** The same as Parquet: doubles with nulls, texts where events are words; the notes are metadata. */
export async function toParquet(columns: readonly VisibleColumn[], notes: readonly string[]): Promise<ArrayBuffer> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const { head, rows } = rowsOf(columns);
  return parquetWriteBuffer({
    columnData: head.map((name, index) => {
      if (index === 0) return { name, type: 'DOUBLE', data: rows.map(([time]) => time) };
      const values = rows.map(([, row]) => row[index - 1] ?? null);
      const hasWords = values.some((value) => typeof value === 'string');
      return hasWords
        ? { name, type: 'STRING', data: values.map((value) => (value === null ? null : String(value))) }
        : { name, type: 'DOUBLE', data: values };
    }),
    kvMetadata: [{ key: 'provenance', value: notes.join('\n') }],
  });
}

function csvField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Height of a row of events or spikes. */
const MARK_ROW = 16;

/** A drawing of the lines, one above the other, and of the marks below them, that any program for vector graphics opens. */
export function linesToSvg(
  lines: readonly VisibleLine[],
  marks: readonly VisibleColumn[],
  notes: readonly string[],
  range: { readonly t0: number; readonly t1: number },
  colors: { readonly background: string; readonly text: string },
): string {
  const [width, left, bottom] = [1200, 80, 40];
  const lane = Math.max(12, Math.min(80, 900 / Math.max(1, lines.length)));
  const height = lane * lines.length + MARK_ROW * marks.length + bottom;
  const inner = width - left - 10;
  const xOf = (time: number) => left + ((time - range.t0) / (range.t1 - range.t0)) * inner;
  const drawn = lines.map(({ name, units, color, x, y }, index) => {
    const finite = y.filter((value) => Number.isFinite(value));
    const [low, high] = [
      finite.reduce((a, b) => Math.min(a, b), Infinity),
      finite.reduce((a, b) => Math.max(a, b), -Infinity),
    ];
    const scale = high > low ? (lane * 0.9) / (high - low) : 0;
    const middle = lane * (index + 0.5);
    let path = '';
    let pen = 'M';
    x.forEach((time, at) => {
      const value = y[at] ?? NaN;
      if (!Number.isFinite(value)) {
        pen = 'M';
        return;
      }
      path += `${pen}${xOf(time).toFixed(2)} ${(middle - (value - (low + high) / 2) * scale).toFixed(2)}`;
      pen = 'L';
    });
    const label = `<text x="4" y="${(middle + 4).toFixed(1)}">${escapeXml(name)}</text>`;
    const title = high > low ? `<title>${escapeXml(`${name}: ${low} to ${high} ${units}`)}</title>` : '';
    return `<g>${title}${label}<path d="${path}" stroke="${color}" fill="none"/></g>`;
  });
  const ticks = marks.map(({ name, units, color, x }, index) => {
    const top = lane * lines.length + MARK_ROW * index;
    const path = x.map((time) => `M${xOf(time).toFixed(2)} ${top + 2}v${MARK_ROW - 4}`).join('');
    const label = `<text x="4" y="${top + MARK_ROW - 4}">${escapeXml(name)}</text>`;
    return `<g><title>${escapeXml(`${name} (${units})`)}</title>${label}<path d="${path}" stroke="${color}"/></g>`;
  });
  const axis = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const time = range.t0 + share * (range.t1 - range.t0);
    const anchor = share === 0 ? 'start' : share === 1 ? 'end' : 'middle';
    return `<text x="${xOf(time).toFixed(1)}" y="${height - 16}" text-anchor="${anchor}">${Number(time.toPrecision(9))} s</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" fill="${colors.text}">`,
    `<desc>${escapeXml(notes.join('\n'))}</desc>`,
    `<rect width="100%" height="100%" fill="${colors.background}"/>`,
    ...drawn,
    ...ticks,
    ...axis,
    '</svg>',
    '',
  ].join('\n');
}

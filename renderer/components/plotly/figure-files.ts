import type { Plotly } from './plotly.ts';

export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
}

/** Points of a trace of plotly, as far as they are numbers and texts. */
interface Points {
  readonly name?: unknown;
  readonly x?: unknown;
  readonly y?: unknown;
}

const SIZE = { width: 1200, height: 800 };

/** The figure as a picture, with its notes below. */
export async function figurePicture(
  plotly: Plotly,
  { data, layout }: Figure,
  notes: readonly string[],
  format: 'png' | 'svg',
): Promise<Blob> {
  const note = {
    text: notes.map((line) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')).join('<br>'),
    xref: 'paper',
    yref: 'paper',
    x: 0,
    y: 0,
    xanchor: 'left',
    yanchor: 'top',
    yshift: -48,
    align: 'left',
    showarrow: false,
    font: { size: 9 },
  };
  const { margin, annotations, ...rest } = layout as { margin?: object; annotations?: readonly object[] };
  const noted = {
    ...rest,
    margin: { ...margin, b: 60 + 12 * notes.length },
    annotations: [...(annotations ?? []), note],
  };
  const address = await plotly.toImage({ data, layout: noted }, { format, ...SIZE });
  return blobOf(address);
}

/** The points of every trace: a column of its x and one of its y, with the notes above. */
export function figureCsv({ data, layout }: Figure, notes: readonly string[]): string {
  const titles = layout as Record<'xaxis' | 'yaxis', { title?: { text?: string } } | undefined>;
  const [xTitle, yTitle] = [titles.xaxis?.title?.text ?? 'x', titles.yaxis?.title?.text ?? 'y'];
  const columns = (data as readonly Points[]).flatMap(({ name, x, y }) => {
    const before = typeof name === 'string' && name !== '' ? `${name}: ` : '';
    return [
      [`${before}${xTitle}`, ...listOf(x)],
      [`${before}${yTitle}`, ...listOf(y)],
    ];
  });
  const length = Math.max(0, ...columns.map((column) => column.length));
  const rows = Array.from({ length }, (_, row) => columns.map((column) => field(column[row])).join(','));
  return [...notes.map((note) => `# ${note.replaceAll(/[\r\n]+/g, ' ')}`), ...rows, ''].join('\n');
}

function listOf(values: unknown): unknown[] {
  return Array.isArray(values) || ArrayBuffer.isView(values) ? [...(values as Iterable<unknown>)] : [];
}

function field(value: unknown): string {
  if (typeof value !== 'number' && typeof value !== 'string') return '';
  const text = Number.isNaN(value) ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Bytes of a `data:` address; the page may not fetch one. */
function blobOf(address: string): Blob {
  const comma = address.indexOf(',');
  const [head, body] = [address.slice(0, comma), address.slice(comma + 1)];
  const type = head.slice('data:'.length).split(';')[0] ?? '';
  if (!head.endsWith(';base64')) return new Blob([decodeURIComponent(body)], { type });
  return new Blob([Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0))], { type });
}

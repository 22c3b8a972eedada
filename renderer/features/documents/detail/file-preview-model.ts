/** How the head of a file is shown: as text where it is text, else byte by byte. */
export type FilePreview =
  | { readonly kind: 'empty' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly lines: readonly HexLine[] };

export interface HexLine {
  /** Offset in the file: eight hexadecimal digits. */
  readonly offset: string;
  /** Up to sixteen bytes in hexadecimal. */
  readonly hex: string;
  /** The same bytes as letters where they are printable ASCII, else dots. */
  readonly letters: string;
}

const BYTES_A_LINE = 16;
/** Of a binary file the first kilobyte tells what it is; text is worth reading further. */
const BYTES_SHOWN = 1024;

export function previewOf(head: Uint8Array): FilePreview {
  if (head.length === 0) return { kind: 'empty' };
  const text = textOf(head);
  if (text !== null) return { kind: 'text', text };
  return { kind: 'bytes', lines: hexLines(head.subarray(0, BYTES_SHOWN)) };
}

/** The bytes as UTF-8 text, also where the head ends within a letter; null when they are no text. */
function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    // Control signs other than tab, line feed, form feed and carriage return are in no text file.
    // eslint-disable-next-line no-control-regex
    return /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

export function hexLines(bytes: Uint8Array): HexLine[] {
  return Array.from({ length: Math.ceil(bytes.length / BYTES_A_LINE) }, (_, line) => {
    const part = [...bytes.subarray(line * BYTES_A_LINE, (line + 1) * BYTES_A_LINE)];
    return {
      offset: (line * BYTES_A_LINE).toString(16).padStart(8, '0'),
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      letters: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    };
  });
}

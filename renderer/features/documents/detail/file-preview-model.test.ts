import { expect, it } from 'vitest';
import { hexLines, previewOf } from './file-preview-model.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

it('shows text as text, also when it was cut within a letter', () => {
  expect(previewOf(bytes('doc_1'))).toEqual({ kind: 'text', text: 'doc_1' });
  expect(previewOf(bytes('Größe').subarray(0, 3))).toEqual({ kind: 'text', text: 'Gr' });
  expect(previewOf(bytes('a\tb\r\nc'))).toMatchObject({ kind: 'text' });
});

it('shows anything else byte by byte', () => {
  expect(previewOf(new Uint8Array([0x4e, 0x00, 0xff]))).toEqual({
    kind: 'bytes',
    lines: [{ offset: '00000000', hex: '4e 00 ff', letters: 'N..' }],
  });
  expect(previewOf(new Uint8Array([0xc3, 0x28]))).toMatchObject({ kind: 'bytes' });
  expect(previewOf(new Uint8Array([]))).toEqual({ kind: 'empty' });
});

it('breaks lines after sixteen bytes and shows the first kilobyte', () => {
  const lines = hexLines(new Uint8Array(17).fill(0x41));
  expect(lines.map(({ offset, letters }) => [offset, letters])).toEqual([
    ['00000000', 'A'.repeat(16)],
    ['00000010', 'A'],
  ]);
  const preview = previewOf(new Uint8Array(65_536));
  expect(preview.kind === 'bytes' && preview.lines.length).toBe(64);
});

import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeMetadata, encodeMetadata } from './metadata.ts';
import { encodeDigital } from './nbf.ts';

const PATH = '/somewhere/data.bin';
const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;

/** The container with another payload of the same length. */
async function withPayload(text: string): Promise<Buffer> {
  const plain = gunzipSync(await encodeMetadata([{ a: 'x'.repeat(text.length - 10) }], 'a'));
  const at = plain.lastIndexOf('[');
  plain.fill(0, at, at + 512);
  plain.write(text, at);
  return gzipSync(plain);
}

describe('what a metadata reader told of an epoch', () => {
  it('comes back as it was, with NaN, nested values and letters of any language', async () => {
    const told = [
      { STIMID: 1, ml: NaN, names: ['süß', '苦'], nested: { on: [1, 2.5] } },
      { STIMID: 2, ml: Infinity },
    ];
    expect(decodeMetadata(await encodeMetadata(told, 'a'), PATH)).toEqual(told);
    expect(decodeMetadata(await encodeMetadata([], 'a'), PATH)).toEqual([]);
  });

  it('is read where MATLAB wrote a bare struct for a list of one', async () => {
    expect(decodeMetadata(await withPayload('{"stimid":  1}'), PATH)).toEqual([{ stimid: 1 }]);
  });

  it('is refused by name where it is something else', async () => {
    const samples = await encodeDigital([Float64Array.of(0, 1)], 'a');
    expect(() => decodeMetadata(samples, PATH)).toThrow(code('format.invalid'));
    for (const text of ['not JSON at all', '["a", "list of texts"]', '\u0001\u0002binary stuff']) {
      const bytes = await withPayload(text);
      expect(() => decodeMetadata(bytes, PATH)).toThrow(code('format.unsupported'));
    }
    expect(() => decodeMetadata(Buffer.from('no archive'), PATH)).toThrow(code('format.invalid'));
  });
});

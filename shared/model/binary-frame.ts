/**
 * Binary answers of services, small enough to cross a process wall.
 *
 * Layout: u32 length of the header, the header as JSON (UTF-8) padded to a multiple of 8 bytes, then one array of numbers.
 * Little-endian, as is every machine that we run on.
 */
const ALIGNMENT = 8;

export function encodeBinaryFrame(header: object, body: ArrayBufferView): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bodyAt = bodyAfter(text.length);
  const bytes = new Uint8Array(bodyAt + body.byteLength);
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  bytes.set(new Uint8Array(body.buffer, body.byteOffset, body.byteLength), bodyAt);
  return bytes;
}

/** The parsed header, and where the body lies. */
export function decodeBinaryFrame(given: Uint8Array<ArrayBuffer>): {
  header: unknown;
  buffer: ArrayBuffer;
  bodyAt: number;
  bodyBytes: number;
} {
  // Numbers are looked at where they lie, which must be at a multiple of their size.
  const bytes = given.byteOffset % ALIGNMENT === 0 ? given : given.slice();
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const headBytes = bodyAfter(length);
  return {
    header,
    buffer: bytes.buffer,
    bodyAt: bytes.byteOffset + headBytes,
    bodyBytes: bytes.byteLength - headBytes,
  };
}

function bodyAfter(headerBytes: number): number {
  return Math.ceil((4 + headerBytes) / ALIGNMENT) * ALIGNMENT;
}

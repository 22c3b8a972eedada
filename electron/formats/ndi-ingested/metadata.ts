import {
  formatDocumentJson,
  type JsonObject,
  type JsonValue,
  parseJsonTolerant,
} from '../../../shared/model/document-json.ts';
import { formatFault } from '../file-faults.ts';
import { openContainer, writeContainer } from './container.ts';

/** Encoding of parameters of stimuli: JSON text, and nothing in the header's variable part (reference, 9.4 and 9.5). */
const METADATA = 2;

/** The file `data.bin` of what a metadata reader told of an epoch: a list of parameter structs, NaN as it stands. */
export function encodeMetadata(parameters: readonly JsonObject[], id: string): Promise<Buffer> {
  const text = Buffer.from(formatDocumentJson([...parameters]));
  const shape = { method: METADATA, isFloat: false, bits: 8, rows: text.length, columns: 1 };
  return writeContainer(id, shape, new DataView(new ArrayBuffer(0)), [text]);
}

/**
 * What a metadata reader told of an epoch. MATLAB writes a bare struct for a list of one.
 * @throws NdiError format.invalid, format.unsupported where it is no such JSON
 */
export function decodeMetadata(stored: Uint8Array, path: string): JsonObject[] {
  const { method, payload } = openContainer(stored, path);
  if (method !== METADATA) {
    throw formatFault('format.invalid', path, `it holds samples or events (encoding ${method}), not parameters.`, {
      field: 'encode_method',
      value: method,
    });
  }
  const bytes = new Uint8Array(payload.buffer as ArrayBuffer, payload.byteOffset, payload.byteLength);
  const listed = listOfObjects(bytes);
  if (listed !== null) return listed;
  throw formatFault(
    'format.unsupported',
    path,
    'its parameters are encoded in a way that only NDI’s own program knows.',
  );
}

function listOfObjects(bytes: Uint8Array): JsonObject[] | null {
  let value: JsonValue;
  try {
    value = parseJsonTolerant(new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/\0+$/, ''));
  } catch {
    return null;
  }
  const list = Array.isArray(value) ? value : [value];
  const isObject = (one: JsonValue): one is JsonObject =>
    one !== null && typeof one === 'object' && !Array.isArray(one);
  return list.every(isObject) ? list : null;
}

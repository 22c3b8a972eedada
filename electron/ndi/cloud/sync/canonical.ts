import { hash } from 'node:crypto';
import { fileEntries } from '../../../../shared/model/document-files.ts';
import type { JsonObject, JsonValue } from '../../../../shared/model/document-json.ts';
import { type NdiDocument, normaliseDocument, objectOf } from '../../../../shared/model/documents.ts';
import { fromWire } from '../api/document-wire.ts';

/** What identifies the content of a document: its fields, and which files it names. */
export interface ContentHash {
  /** SHA-256 of the canonical document without its files. */
  readonly document: string;
  /** SHA-256 of the sorted names and uids of its files; empty without files. */
  readonly files: string;
}

/** Groups that the service keeps beside the document's own, which are objects; its other additions are plain values. */
const SERVER_GROUPS = new Set(['filesTier']);

/** Hash of what the document says, whoever wrote it and whichever way it travelled. */
export function contentHash(document: NdiDocument): ContentHash {
  return measureContent(document).hash;
}

/** The hash together with the length of the canonical text, which stands for the size of the document. */
export function measureContent(document: NdiDocument): { hash: ContentHash; bytes: number } {
  const files = fileEntries(document)
    .flatMap(({ name, locations }) => locations.map(({ uid }) => `${JSON.stringify(name)}:${JSON.stringify(uid)}`))
    .sort();
  const text = canonicalText(document);
  return {
    hash: { document: hash('sha256', text), files: files.length === 0 ? '' : hash('sha256', files.join('\n')) },
    bytes: text.length,
  };
}

/**
 * One text for all spellings of a document: keys sorted, known lists as lists, numbers that are not finite as the
 * service's strings, without files and without what the server adds. What MATLAB cannot tell apart when it reads and
 * writes again is the same: an object or a number and the list of it alone, null and the empty list.
 */
export function canonicalText(document: NdiDocument): string {
  const own = withoutServerKeys(normaliseDocument(document));
  const parts: string[] = [];
  for (const key of Object.keys(own).sort()) {
    const value = own[key];
    if (key === 'files' || value === undefined) continue;
    const text =
      key === 'depends_on' ? listText(value) : key === 'document_class' ? classText(value) : valueText(value);
    parts.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${parts.join(',')}}`;
}

/** The document without the keys that the service adds at the top level, which are plain values but for a group (cloud reference, section 6.1). */
function withoutServerKeys(document: NdiDocument): NdiDocument {
  const own: JsonObject = {};
  for (const [key, value] of Object.entries(document)) {
    if (typeof value === 'object' && value !== null && !SERVER_GROUPS.has(key)) own[key] = value;
  }
  return own;
}

function listText(value: JsonValue): string {
  return Array.isArray(value) ? `[${value.map(valueText).join(',')}]` : valueText(value);
}

function classText(value: JsonValue): string {
  const known = objectOf(value);
  if (known === null) return valueText(value);
  const parts = Object.keys(known)
    .sort()
    .map((key) => {
      const held = known[key] ?? null;
      return `${JSON.stringify(key)}:${key === 'superclasses' ? listText(held) : valueText(held)}`;
    });
  return `{${parts.join(',')}}`;
}

function valueText(value: JsonValue): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : wireNumber(value);
  if (value === null) return '[]';
  if (typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) {
    const parts = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${valueText(value[key] ?? null)}`);
    return `{${parts.join(',')}}`;
  }
  const [only] = value;
  if (value.length === 1 && only !== undefined && typeof only !== 'string') return valueText(only);
  return `[${value.map(valueText).join(',')}]`;
}

function wireNumber(value: number): string {
  if (Number.isNaN(value)) return '"__NDI__NaN__"';
  return value > 0 ? '"__NDI__Infinity__"' : '"__NDI__-Infinity__"';
}

/** A document as it came from the service, as it is stored: without the server's keys, numbers put back, lists real. */
export function fromService(document: JsonObject): NdiDocument {
  return normaliseDocument(withoutServerKeys(fromWire(document)));
}

import { afterAll, describe, expect, it } from 'vitest';
import { formatDocumentJson, type JsonObject, parseDocumentJson } from '../../shared/model/document-json.ts';
import { documentId, type NdiDocument, withDependency } from '../../shared/model/documents.ts';
import { where } from '../../shared/model/query-builder.ts';
import { newDocument } from './documents/build.ts';
import { check } from './maintenance/check.ts';
import { openSession } from './session.ts';
import { rewriteJson } from './testing/database-file.ts';
import { cleanUp, temporaryFolder } from './testing/folders.ts';
import { madeSession } from './testing/made-sessions.ts';

afterAll(cleanUp);

/** A document of a class of nobody: no schema judges its fields. */
function free(fields: JsonObject, name = ''): NdiDocument {
  const document = newDocument('base', { 'base.name': name });
  const head = { ...(document['document_class'] as JsonObject), class_name: 'free', property_list_name: 'free' };
  return { ...document, document_class: { ...head, validation: '' }, free: fields };
}

/** What is stored, read by another connection. */
function readBack(path: string, document: NdiDocument): NdiDocument {
  const session = openSession(path, { indexFolder: temporaryFolder() });
  try {
    expect(session.problems()).toEqual([]);
    return session.document(documentId(document));
  } finally {
    session.close();
  }
}

const code = (wanted: string) => expect.objectContaining({ code: wanted }) as Error;

describe('a document', () => {
  it('with a million fields is refused by name, and read where another program has stored it', () => {
    const fields = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, at) => [`f${at}`, at]));
    const document = free(fields, 'wide');
    expect(() => madeSession([document])).toThrow(
      expect.objectContaining({
        code: 'document.invalid',
        message: expect.stringContaining('1000004 fields; at most 100000') as string,
      }),
    );
    const small = free({ f: 1 }, 'wide');
    const path = madeSession([small]);
    rewriteJson(path, documentId(small), formatDocumentJson({ ...readBack(path, small), free: fields }));
    const session = openSession(path);
    expect((session.document(documentId(small))['free'] as JsonObject)['f999999']).toBe(999_999);
    session.close();
  });

  it('of 100 MB of JSON is stored, listed and read', () => {
    const document = free({ list: new Array<number>(14_500_000).fill(7) }, 'long');
    const path = madeSession([document]);
    const stored = readBack(path, document);
    expect(formatDocumentJson(stored).length).toBeGreaterThan(100e6);
    expect((stored['free'] as { list: number[] }).list).toHaveLength(14_500_000);
  });

  it('may depend on one that depends on it: found once each, removed together', () => {
    const [a, b] = [free({}, 'a'), free({}, 'b')];
    const circle = [withDependency(a, 'next_id', documentId(b)), withDependency(b, 'next_id', documentId(a))];
    const path = madeSession([...circle, withDependency(free({}, 'self'), 'next_id', documentId(a))]);
    const session = openSession(path, { writable: true });
    expect(session.dependents(documentId(a)).map((one) => one.name)).toEqual(['b', 'self']);
    expect(session.removeDocuments([documentId(a)])).toHaveLength(3);
    expect(session.documents({ class: 'free' })).toEqual([]);
    session.close();
  });

  it('may not have an id twice; where another program has stored it so, both are listed', () => {
    const [a, b] = [free({ v: 1 }, 'a'), free({ v: 2 }, 'b')];
    expect(() => madeSession([a, a])).toThrow(code('document.duplicate'));
    const path = madeSession([a, b]);
    const stored = readBack(path, b);
    rewriteJson(
      path,
      documentId(b),
      formatDocumentJson({ ...stored, base: { ...(stored['base'] as JsonObject), id: documentId(a) } }),
    );
    const session = openSession(path, { indexFolder: temporaryFolder() });
    expect(session.documents({ class: 'free' }).map((one) => one.name)).toEqual(['a', 'b']);
    session.close();
  });

  it('of wrong types opens, is listed and is searched', () => {
    const document = free({ v: 1 });
    const path = madeSession([document]);
    const base = { ...(readBack(path, document)['base'] as JsonObject), name: 5, datestamp: [1] };
    for (const wrong of ['[]', '7', '"text"', 'null']) {
      rewriteJson(
        path,
        documentId(document),
        `{"base": ${JSON.stringify(base)}, "document_class": ${wrong}, "depends_on": ${wrong}, "files": ${wrong}, "free": ${wrong}}`,
      );
      const session = openSession(path, { indexFolder: temporaryFolder() });
      expect(session.documents({ query: where('free.v').is(1).query })).toEqual([]);
      expect(session.documents({ query: where('base.name').is(5).query })).toHaveLength(1);
      expect(session.documents()).toHaveLength(2);
      session.close();
    }
  });

  it('keeps NaN and both infinities as NDI writes them', () => {
    const fields = { nan: Number.NaN, list: [1, Number.NaN, Infinity], low: -Infinity, text: 'NaN' };
    const document = free(fields);
    const path = madeSession([document]);
    expect(readBack(path, document)['free']).toEqual(fields);
    const session = openSession(path, { indexFolder: temporaryFolder() });
    expect(session.documents({ query: where('free.low').lessThan(0).query })).toHaveLength(1);
    expect(session.documents({ query: where('free.nan').lessThan(0).query })).toHaveLength(0);
    session.close();
  });

  it.each(['1969-07-20T20:17:40.000Z', '1859-11-24T00:00:00.000Z', '0001-01-01T00:00:00.000Z'])(
    'may be dated before 1970: %s',
    (datestamp) => {
      const old = newDocument('demoNDI', { 'base.datestamp': datestamp, 'demoNDI.value': 1 });
      const path = madeSession([newDocument('demoNDI', { 'demoNDI.value': 2 }), old]);
      const session = openSession(path, { indexFolder: temporaryFolder() });
      const page = session.page({ class: 'demoNDI' }, { sort: 'datestamp', descending: false, offset: 0, limit: 1 });
      expect(page.entries[0]?.datestamp).toBe(datestamp);
      session.close();
    },
  );

  it.each([
    '日本語 のデータ',
    'عصب الفأر',
    'Нейрон №5',
    'नेत्र',
    '🧠👩‍🔬',
    'é e\u0301',
    'a\u200Bb',
    "Robert'); DROP TABLE docs;--",
    '‮reversed',
  ])('may have a name in any script: %s', (name) => {
    const document = newDocument('demoNDI', { 'base.name': name, 'demoNDI.value': 1 });
    const path = madeSession([document]);
    expect(readBack(path, document)).toMatchObject({ base: { name } });
    const session = openSession(path, { indexFolder: temporaryFolder() });
    expect(session.documents({ query: where('base.name').is(name).query })).toHaveLength(1);
    expect(session.documents({ text: `"${name.replaceAll('"', '')}"` })).toHaveLength(1);
    session.close();
  });

  it('with half a character is stored, found, and told to be whole by a check', async () => {
    const document = newDocument('demoNDI', { 'base.name': 'a\ud800b', 'demoNDI.value': 1 });
    const path = madeSession([document]);
    const session = openSession(path, { indexFolder: temporaryFolder() });
    expect(session.documents({ query: where('base.name').is('a\ud800b').query })).toHaveLength(1);
    session.close();
    expect(await check(path)).toEqual([]);
  });

  it('may have fields whose names mean something to JavaScript', () => {
    const json =
      '{"__proto__": {"polluted": 1}, "constructor": {"prototype": 2}, "toString": 3, "hasOwnProperty": null, "": 4, "a.b": 5}';
    const fields = parseDocumentJson(json);
    const document = free(fields);
    const path = madeSession([document]);
    expect(JSON.stringify(readBack(path, document)['free'])).toBe(JSON.stringify(fields));
    const session = openSession(path, { indexFolder: temporaryFolder() });
    expect(session.documents({ query: where('free.__proto__.polluted').is(1).query })).toHaveLength(1);
    expect(session.documents({ query: where('free.toString').is(3).query })).toHaveLength(1);
    expect(session.documents({ query: where('free.valueOf').exists().query })).toHaveLength(0);
    session.close();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withFile } from '../../shared/model/document-files.ts';
import { dependencyValue, documentId, documentSessionId, withDependency } from '../../shared/model/documents.ts';
import { condition } from '../../shared/model/query.ts';
import { copyIntoSession, copyItem, copyToNewSession } from './copy-session.ts';
import { createSession } from './create-session.ts';
import { newDocument } from './documents/build.ts';
import { openSession, type Session } from './session.ts';
import { cleanUp, fingerprint, temporaryFolder } from './testing/folders.ts';

afterAll(cleanUp);

const twos = condition('base.name', 'exact_string', 'epoch');

let source: Session;
beforeAll(() => {
  const path = temporaryFolder();
  writeFileSync(join(path, 'raw'), 'raw bytes');
  const element = withFile(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'filename1.ext', join(path, 'raw'));
  const epoch = withDependency(
    newDocument('element_epoch', { 'base.name': 'epoch', 'element_epoch.t0_t1': [0, 1], 'epochid.epochid': 'e' }),
    'element_id',
    documentId(element),
  );
  source = createSession({ path, reference: 'source', documents: [element, epoch] });
});

describe('copying documents', () => {
  it('into a session brings what they depend on, with files, and leaves the session document behind', () => {
    const target = createSession({ path: temporaryFolder(), reference: 'target' });
    const copies = copyIntoSession(source, target, { filter: { query: twos } });
    expect(copies.map(documentSessionId)).toEqual([target.id, target.id]);
    expect(target.classes()).toEqual([
      { class: 'demoNDI', count: 1 },
      { class: 'element_epoch', count: 1 },
      { class: 'session', count: 1 },
    ]);
    const [demo] = target.documents({ class: 'demoNDI' });
    expect(readFileSync(target.binaryFile(demo!.id, 'filename1.ext'), 'utf8')).toBe('raw bytes');
    expect(() => copyIntoSession(source, target, { filter: { query: twos } })).toThrow(
      expect.objectContaining({ code: 'document.duplicate' }),
    );
    target.close();
  });

  it('under new ids keeps the links among the copies, and those to what is there already', () => {
    const target = createSession({ path: temporaryFolder(), reference: 'target' });
    const [epoch] = copyIntoSession(source, target, { filter: { query: twos }, newIds: true });
    const ids = source.documents().map((entry) => entry.id);
    expect(ids).not.toContain(documentId(epoch!));
    const element = target.document(dependencyValue(epoch!, 'element_id'));
    expect(ids).not.toContain(documentId(element));
    copyIntoSession(source, target, { newIds: true });
    expect(target.documents({ class: 'demoNDI' })).toHaveLength(2);
    expect(new Set(readdirSync(join(target.path, '.ndi', 'files'))).size).toBe(2);
    target.close();
  });

  it('to a new folder makes a session of the same id and reference', () => {
    const copy = copyToNewSession(source, temporaryFolder(), { filter: { query: twos } });
    expect([copy.id, copy.reference]).toEqual([source.id, 'source']);
    expect(copy.documents()).toHaveLength(3);
    copy.close();
  });
});

describe('copying a whole session', () => {
  it('gives the same documents, ids and files, and changes nothing of the original', async () => {
    const before = fingerprint(source.path);
    const target = join(temporaryFolder(), 'deep', 'copy');
    await copyItem(source.path, target);
    expect(fingerprint(source.path)).toEqual(before);
    const copy = openSession(target);
    expect(copy.id).toBe(source.id);
    expect(copy.documents().map((entry) => entry.id)).toEqual(source.documents().map((entry) => entry.id));
    const [demo] = copy.documents({ class: 'demoNDI' });
    expect(readFileSync(copy.binaryFile(demo!.id, 'filename1.ext'), 'utf8')).toBe('raw bytes');
    copy.close();
    await expect(copyItem(source.path, target)).rejects.toMatchObject({ code: 'session.exists' });
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const target = join(temporaryFolder(), 'copy');
    const signal = AbortSignal.abort();
    await expect(copyItem(source.path, target, { signal })).rejects.toThrow();
    expect(existsSync(target)).toBe(false);
  });
});

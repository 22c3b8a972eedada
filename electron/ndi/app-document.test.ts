import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { condition } from '../../shared/model/query.ts';
import { addAppDocument, type AppDocumentKind } from './app-document.ts';
import { createSession } from './create-session.ts';
import type { Session } from './session.ts';
import { cleanUp, temporaryFolder } from './testing/folders.ts';
import type { JsonObject } from '../../shared/model/document-json.ts';
import { documentId, withDependency, withValues } from '../../shared/model/documents.ts';
import { newDocument } from './documents/build.ts';

afterAll(cleanUp);

const kind: AppDocumentKind = {
  className: 'demoNDI',
  filter: { query: condition('base.name', 'exact_string', 'mine') },
  complete: (document) => withValues(document, { 'base.name': 'mine' }),
};

let session: Session;
beforeEach(() => {
  session = createSession({ path: temporaryFolder(), reference: 'app' });
});

const values = () => session.documents({ class: 'demoNDI' }).map((one) => session.read(one)['demoNDI']);

describe('the document of an app', () => {
  it('is added once; an existing one is an error, is kept, or is replaced', () => {
    const [first = ''] = addAppDocument(session, kind, { value: 1 }, 'error');
    expect(() => addAppDocument(session, kind, { value: 2 }, 'error')).toThrow(
      expect.objectContaining({ code: 'document.duplicate' }),
    );
    expect(addAppDocument(session, kind, { value: 2 }, 'noAction')).toEqual([first]);
    expect(addAppDocument(session, kind, { value: 1 }, 'replaceIfDifferent')).toEqual([first]);
    const [second = ''] = addAppDocument(session, kind, { value: 1 }, 'replace');
    expect(second).not.toBe(first);
    const [third] = addAppDocument(session, kind, { value: 3 }, 'replaceIfDifferent');
    expect(third).not.toBe(second);
    expect(values()).toEqual([{ value: 3 }]);
    session.close();
  });

  it('that says what MATLAB would not tell apart is no other', () => {
    const of = { ...kind, className: 'sorting_parameters' };
    const filter = { class: 'sorting_parameters' };
    const [first = ''] = addAppDocument(session, { ...of, filter: {} }, {}, 'error');
    const held = session.documents(filter).map((one) => session.read(one)['sorting_parameters']) as JsonObject[];
    // Without values it has the defaults.
    expect(held).toEqual([newDocument('sorting_parameters')['sorting_parameters']]);
    expect(addAppDocument(session, { ...of, filter: {} }, {}, 'replaceIfDifferent')).toEqual([first]);
    const kept = addAppDocument(session, kind, { value: 0 }, 'error');
    for (const value of [[0], -0]) {
      expect(addAppDocument(session, kind, { value }, 'replaceIfDifferent')).toEqual(kept);
    }
    for (const value of [[1, 0], '0']) {
      expect(() => addAppDocument(session, kind, { value }, 'replaceIfDifferent')).toThrow('value');
    }
    session.close();
  });

  it('of which there are several is replaced by one, with what depends on them', () => {
    const two = [1, 1].map((value) => newDocument('demoNDI', { 'base.name': 'mine', 'demoNDI.value': value }));
    const other = newDocument('demoNDI', { 'base.name': 'yours', 'demoNDI.value': 1 });
    const annotation = withDependency(newDocument('ontologyLabel'), 'document_id', documentId(two[0] ?? {}));
    session.addDocuments([...two, other, annotation]);
    const ids = two.map(documentId).sort();
    expect(addAppDocument(session, kind, { value: 1 }, 'noAction').sort()).toEqual(ids);
    expect(() => addAppDocument(session, kind, { value: 1 }, 'error')).toThrow('2 demoNDI document(s)');
    expect(session.documents({ class: 'ontologyLabel' })).toHaveLength(1);
    const [fresh = ''] = addAppDocument(session, kind, { value: 1 }, 'replaceIfDifferent');
    expect(ids).not.toContain(fresh);
    expect(
      session
        .documents({ class: 'demoNDI' })
        .map((one) => one.name)
        .sort(),
    ).toEqual(['mine', 'yours']);
    expect(session.documents({ class: 'ontologyLabel' })).toHaveLength(0);
    session.close();
  });

  it('keeps the old one where the new one cannot be stored', () => {
    addAppDocument(session, kind, { value: 1 }, 'error');
    expect(() => addAppDocument(session, kind, { value: 'text' }, 'replace')).toThrow(
      expect.objectContaining({ code: 'document.invalid' }),
    );
    expect(values()).toEqual([{ value: 1 }]);
    session.close();
  });
});

import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { condition } from '../../shared/model/query.ts';
import { addAppDocument, type AppDocumentKind } from './app-document.ts';
import { createSession } from './create-session.ts';
import type { Session } from './session.ts';
import { cleanUp, temporaryFolder } from './testing/folders.ts';
import { withValues } from '../../shared/model/documents.ts';

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

  it('keeps the old one where the new one cannot be stored', () => {
    addAppDocument(session, kind, { value: 1 }, 'error');
    expect(() => addAppDocument(session, kind, { value: 'text' }, 'replace')).toThrow(
      expect.objectContaining({ code: 'document.invalid' }),
    );
    expect(values()).toEqual([{ value: 1 }]);
    session.close();
  });
});

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { documentId, withDependency, withValues } from '../../shared/model/documents.ts';
import { emptySessionId, makeId } from '../../shared/model/ids.ts';
import { createDataset } from './dataset-members.ts';
import { openDataset } from './dataset.ts';
import { newDocument } from './documents/build.ts';
import { elementEpochs, elements } from './epochs/elements.ts';
import { newSubject } from './epochs/subjects.ts';
import { openItem } from './open-item.ts';
import { openSession } from './session.ts';
import { rewriteJson, storedJson } from './testing/database-file.ts';
import { cleanUp, temporaryFolder } from './testing/folders.ts';
import { demoDocument, madeSession } from './testing/made-sessions.ts';

/** What NDI's core reference says of sessions, datasets, subjects and elements, rule by rule, by its section. */

afterAll(cleanUp);

describe('sessions, datasets and what they hold', () => {
  it('6.1: the oldest session document of the id in .ndi tells reference and id, whatever the text says', () => {
    const path = madeSession();
    const session = openSession(path, { writable: true });
    const { id } = session;
    session.addDocuments([
      newDocument('session', { 'session.reference': 'newer', 'base.datestamp': '2199-01-01T00:00:00.000Z' }),
    ]);
    session.close();
    writeFileSync(join(path, '.ndi', 'reference.txt'), 'another\n');
    const again = openSession(path);
    expect([again.id, again.reference]).toEqual([id, 'rules']);
    again.close();
  });

  it('6.1: texts are read trimmed and written without a line end', () => {
    const path = madeSession();
    writeFileSync(
      join(path, '.ndi', 'unique_reference.txt'),
      `${readFileSync(join(path, '.ndi', 'unique_reference.txt'), 'utf8')}\r\n`,
    );
    openSession(path).close();
    for (const name of readdirSync(join(madeSession(), '.ndi')).filter((one) => one.endsWith('.txt'))) {
      expect(readFileSync(join(madeSession(), '.ndi', name), 'utf8')).not.toMatch(/\s$/);
    }
  });

  it('6.4: a document of another session is refused, one of none becomes the session’s', () => {
    const path = madeSession();
    const session = openSession(path, { writable: true });
    expect(() => session.addDocuments([withValues(demoDocument(1), { 'base.session_id': makeId() })])).toThrow(
      expect.objectContaining({ code: 'document.invalid' }),
    );
    const [stored] = session.addDocuments([withValues(demoDocument(1), { 'base.session_id': emptySessionId })]);
    expect(stored?.['base']).toMatchObject({ session_id: session.id });
    session.close();
  });

  it('7.1: a folder marked as a dataset opens as one, a session does not', () => {
    const dataset = createDataset({ path: temporaryFolder(), reference: 'ds' });
    dataset.close();
    expect(openKind(dataset.path)).toBe('dataset');
    expect(openKind(madeSession())).toBe('session');
    const empty = temporaryFolder();
    mkdirSync(join(empty, '.ndi'));
    expect(openKind(empty)).toBe('none');
  });

  it('7.4: a dataset takes no document of a session that it does not hold', () => {
    const made = createDataset({ path: temporaryFolder(), reference: 'ds' });
    made.close();
    const dataset = openDataset(made.path, { writable: true });
    const foreign = withValues(demoDocument(1), { 'base.session_id': makeId() });
    expect(() => dataset.addDocuments([foreign])).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    dataset.close();
  });

  it('8.2: a subject’s identifier has an @ and no space', () => {
    for (const wrong of ['ferret22', 'ferret 22@lab', '']) {
      expect(() => newSubject(wrong)).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
    }
    expect(newSubject('ferret22@lab')['base']).toMatchObject({ name: 'ferret22@lab', session_id: emptySessionId });
  });

  it('8.3: epochs of an element are read in MATLAB’s rows and in the Python port’s pairs', () => {
    const animal = newSubject('a@lab');
    const element = withDependency(
      newDocument('element', {
        'element.ndi_element_class': 'ndi.neuron',
        'element.name': 'n',
        'element.reference': 1,
        'element.type': 'spikes',
        'element.direct': 0,
      }),
      'subject_id',
      documentId(animal),
    );
    const epoch = (values: Record<string, never>) =>
      withDependency(newDocument('element_epoch', values), 'element_id', documentId(element));
    const times = [
      [0, 100],
      [10, 110],
    ];
    const rows = epoch({
      'element_epoch.epoch_clock': 'dev_local_time, utc',
      'element_epoch.t0_t1': times,
      'epochid.epochid': 'rows',
    } as never);
    const path = madeSession([animal, element, rows]);
    const session = openSession(path, { writable: true });
    const [known] = elements(session);
    expect(elementEpochs(session, known!)).toMatchObject([
      {
        clocks: [
          { type: 'dev_local_time', t0: 0, t1: 10 },
          { type: 'utc', t0: 100, t1: 110 },
        ],
      },
    ]);
    session.close();
    const python = JSON.parse(storedJson(path, documentId(rows))) as { element_epoch: Record<string, unknown> };
    python.element_epoch['epoch_clock'] = ['dev_local_time', 'utc'];
    python.element_epoch['t0_t1'] = [
      [0, 10],
      [100, 110],
    ];
    rewriteJson(path, documentId(rows), JSON.stringify(python));
    const again = openSession(path);
    expect(elementEpochs(again, known!)).toMatchObject([
      {
        clocks: [
          { t0: 0, t1: 10 },
          { t0: 100, t1: 110 },
        ],
      },
    ]);
    again.close();
  });
});

function openKind(path: string): string {
  const item = openItem(path);
  if (item.kind === 'session') item.session.close();
  if (item.kind === 'dataset') item.dataset.close();
  return item.kind;
}

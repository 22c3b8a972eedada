import { afterAll, describe, expect, it } from 'vitest';
import { documentId } from '../../shared/model/documents.ts';
import { parseQuery } from '../../shared/model/query-text.ts';
import { newDocument } from './documents/build.ts';
import { probes } from './epochs/probes.ts';
import { newProbe } from './epochs/elements.ts';
import type { Epoch } from './epochs/epoch.ts';
import { newSubject } from './epochs/subjects.ts';
import { openSession } from './session.ts';
import { cleanUp } from './testing/folders.ts';
import { madeSession, sessionOfRelated } from './testing/made-sessions.ts';
import { loadSync, newRule, writeRules } from './time/sync-documents.ts';

/** What NDI's core reference says of rules, probes and the database's utilities, rule by rule, by its section. */

afterAll(cleanUp);

describe('sync rules and probes of a session', () => {
  it('6.3: rules stand in one graph document that is made anew with each change; without rules there is none', () => {
    const session = openSession(madeSession(), { writable: true });
    const rule = (number_fullpath_matches: number) => newRule('filematch', { number_fullpath_matches });
    writeRules(session, [rule(1), rule(2)]);
    const [first] = session.documents({ class: 'syncgraph' });
    writeRules(session, [...loadSync(session).rules, rule(3)]);
    const graphs = session.documents({ class: 'syncgraph' });
    expect([graphs.length, graphs[0]?.id === first?.id]).toEqual([1, false]);
    const stored = session.read(graphs[0]!)['depends_on'] as { name: string; value: string }[];
    expect(stored.map(({ name }) => name)).toEqual(['syncrule_id_1', 'syncrule_id_2', 'syncrule_id_3']);
    expect(loadSync(session).rules.map(({ parameters }) => parameters['number_fullpath_matches'])).toEqual([1, 2, 3]);
    writeRules(session, loadSync(session).rules.slice(1));
    expect(session.documents({ class: 'syncrule' })).toHaveLength(2);
    writeRules(session, []);
    expect(session.documents({ isa: 'syncgraph' })).toEqual([]);
    expect(session.documents({ isa: 'syncrule' })).toEqual([]);
    session.close();
  });

  it('6.5: a probe that is stored is told once, with its document; the others come from the maps', () => {
    const subject = newSubject('a@lab');
    const stored = newProbe({ name: 'ctx', reference: 1, type: 'n-trode', subjectId: documentId(subject) });
    const session = openSession(madeSession([subject, stored]));
    const row = (name: string, reference: number) => {
      return { name, reference, type: 'n-trode', deviceString: 'rig:ai1', subject: 'a@lab' };
    };
    const epoch: Epoch = {
      ...{ epochId: 'e1', number: 1, device: 'rig', files: [], clocks: [], recordingPath: null, timeShift: 0 },
      ...{ probeMap: [row('ctx', 1), row('ctx', 2), row('Ctx', 1)], problems: [] },
    };
    expect(probes(session, [epoch]).map(({ name, reference, id }) => [name, reference, id])).toEqual([
      ['ctx', 1, documentId(stored)],
      ['ctx', 2, null],
      ['Ctx', 1, null],
    ]);
    session.close();
  });
});

describe('utilities of the database', () => {
  it('9.1: docs_from_ids leaves the place of an id empty that is not there', () => {
    const { path, ids } = sessionOfRelated();
    const session = openSession(path);
    const wanted = [ids[2], 'nobody', ids[0], ids[2]];
    expect(wanted.map((id) => session.entry(id)?.id)).toEqual([ids[2], undefined, ids[0], ids[2]]);
    session.close();
  });

  it('9.1: finddocs_elementEpochType asks for the type, the element and the epoch at once', () => {
    const { path, ids } = sessionOfRelated();
    const session = openSession(path);
    const ask = (type: string, element: string, epoch: string) => {
      const text = `isa(${type}) and depends_on(element_id, ${element}) and epochid.epochid = "${epoch}"`;
      return session.documents({ query: parseQuery(text) }).map(({ id }) => id);
    };
    expect(ask('element_epoch', ids[0], 'e')).toEqual([ids[1]]);
    expect(ask('epochid', ids[0], 'e')).toEqual([ids[1]]);
    expect([
      ask('oneepoch', ids[0], 'e'),
      ask('element_epoch', ids[2], 'e'),
      ask('element_epoch', ids[0], 'E'),
    ]).toEqual([[], [], []]);
    session.close();
  });

  it('9.1: find_ingested_docs are the four classes that ingestion writes', () => {
    const session = openSession(madeSession(), { writable: true });
    const classes = [
      'daqreader_mfdaq_epochdata_ingested',
      'daqmetadatareader_epochdata_ingested',
      'epochfiles_ingested',
      'daqreader_image_epochdata_ingested',
    ];
    const query = parseQuery(classes.map((name) => `isa(${name})`).join(' or '));
    expect(session.documents({ query })).toEqual([]);
    session.addDocuments(
      classes.map((name) => newDocument(name)),
      true,
    );
    session.addDocuments([newDocument('demoNDI', { 'demoNDI.value': 1 })]);
    expect(session.documents({ query }).map((one) => one.class)).toEqual(classes);
    session.close();
  });
});

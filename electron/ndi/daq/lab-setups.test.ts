import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSession } from '../create-session.ts';
import { loadSync } from '../time/sync-documents.ts';
import { loadDaqSystems } from './daq-systems.ts';
import { addLab, labs, requireLab } from './lab-setups.ts';
import { findEpochFiles } from './navigator.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-labs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function sessionOf(lab: string) {
  const path = join(folder, lab);
  mkdirSync(path);
  const session = createSession({ path, reference: lab });
  addLab(session, lab);
  return session;
}

describe('set-ups of laboratories', () => {
  it('are 24 DAQ systems of ten laboratories', () => {
    expect(labs.length).toBe(10);
    expect(labs.flatMap(({ systems }) => systems).length).toBe(24);
  });

  it.each(labs.map(({ name }) => name))('of %s make DAQ systems that can be loaded, with their rules', (lab) => {
    const session = sessionOf(lab);
    try {
      const { systems, problems } = loadDaqSystems(session);
      expect(problems).toEqual([]);
      const { systems: wanted, rules } = requireLab(lab);
      expect(
        systems.map(({ name, readerClass, readerArgument, navigator, metadataReaderIds }) => ({
          name,
          readerClass,
          readerArgument,
          navigatorClass: navigator.className,
          filePatterns: navigator.filePatterns,
          probeMapClass: navigator.probeMapClass,
          probeMapPatterns: navigator.probeMapPatterns,
          metadata: metadataReaderIds.map((id) => session.document(id)['daqmetadatareader']),
        })),
      ).toEqual(
        wanted.map((one) => ({
          name: one.name,
          readerClass: one.readerClass,
          readerArgument: one.readerArgument ?? '',
          navigatorClass: one.navigatorClass,
          filePatterns: one.filePatterns,
          probeMapClass: one.probeMapClass,
          probeMapPatterns: one.probeMapPatterns,
          metadata: (one.metadataReaders ?? []).map((reader) => ({
            ndi_daqmetadatareader_class: reader.class,
            tab_separated_file_parameter: reader.parameter,
          })),
        })),
      );
      expect(loadSync(session).rules.map(({ className, fault }) => [className, fault])).toEqual([
        ['ndi.time.syncrule.filematch', null],
        ...rules.map((rule) => [rule.class, null]),
      ]);
    } finally {
      session.close();
    }
  });

  it('find the files of their laboratory', () => {
    const path = join(folder, 'marder files');
    mkdirSync(path);
    for (const name of ['a.abf', 'a.epochprobemap.txt', 'b.abf', 'notes.txt']) writeFileSync(join(path, name), '');
    const session = createSession({ path, reference: 'm' });
    try {
      addLab(session, 'marderlab');
      const { systems } = loadDaqSystems(session);
      const found = systems.map(({ name, navigator }) => [
        name,
        findEpochFiles(path, navigator).epochs.map(({ files }) => files.length),
      ]);
      expect(found).toEqual([
        ['marder_abf', [2]],
        ['marder_ced', []],
      ]);
    } finally {
      session.close();
    }
  });

  it('are named in the error for one that is not known', () => {
    expect(() => requireLab('toString')).toThrow('no set-up');
  });
});

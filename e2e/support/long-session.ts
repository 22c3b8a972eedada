import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSession } from '../../electron/ndi/create-session.ts';
import { addDaqSystem } from '../../electron/ndi/daq/daq-systems.ts';
import { newRule, writeRules } from '../../electron/ndi/time/sync-documents.ts';
import { writeIntan } from '../../electron/services/imports/testing/made-recordings.ts';

/** A session of two DAQ systems that read the same files, in so many epochs each, one beside the other by filematch. */
export async function makeLongSession(path: string, epochs: number): Promise<void> {
  const first = join(path, 't0000', 'a.rhd');
  await writeIntan(first);
  for (let at = 1; at < epochs; at++) {
    const folder = join(path, `t${String(at).padStart(4, '0')}`);
    mkdirSync(folder);
    copyFileSync(first, join(folder, 'a.rhd'));
  }
  const session = createSession({ path, reference: 'long' });
  const reader = { readerClass: 'ndi.daq.reader.mfdaq.intan', filePatterns: ['#.rhd'] };
  const navigatorClass = 'ndi.file.navigator.epochdir';
  for (const name of ['rig1', 'rig2']) addDaqSystem(session, { ...reader, name, navigatorClass });
  writeRules(session, [newRule('filematch', { number_fullpath_matches: 1 })]);
  session.close();
}

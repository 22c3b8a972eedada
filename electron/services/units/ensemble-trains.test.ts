import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { withFile } from '../../../shared/model/document-files.ts';
import { documentId, withDependency } from '../../../shared/model/documents.ts';
import { encodeVhsb } from '../../formats/vhsb/writer.ts';
import { createSession } from '../../ndi/create-session.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import { newElement, newElementEpoch } from '../../ndi/epochs/new-element.ts';
import { newSubject } from '../../ndi/epochs/subjects.ts';
import { cleanUp, temporaryFolder } from '../../ndi/testing/folders.ts';
import { ensembleTrains } from './ensemble-trains.ts';

afterAll(cleanUp);

const epoch: Epoch = {
  ...{
    epochId: 'e1',
    number: 1,
    device: 'rig',
    files: [],
    recordingPath: null,
    timeShift: 0,
    probeMap: [],
    problems: [],
  },
  clocks: [{ type: 'dev_local_time', t0: 0, t1: 10 }],
};

/** An ensemble of three neurons, of which the second is silent; the spikes of all are in one file, by time. */
function made(names: string | null, neurons = 3) {
  const path = temporaryFolder();
  const session = createSession({ path, reference: 'r' });
  const subject = newSubject('m@lab');
  const element = newElement({
    ...{ name: 'column', reference: 1, type: 'ensemble', className: 'ndi.element.ensemble' },
    ...{ subjectId: documentId(subject), underlyingId: '' },
  });
  const spikes = join(path, 'spikes.vhsb');
  writeFileSync(spikes, encodeVhsb([0.1, 0.2, 0.25, 4], [[1, 3, 1, 3]]));
  const stored = newElementEpoch({ elementId: documentId(element), epochId: 'e1', clocks: epoch.clocks, file: spikes });
  const described = newDocument('ensemble', {
    ...{ 'ensemble.ensemble_name': 'L4', 'ensemble.value_type': 'spiketimes', 'ensemble.num_neurons': neurons },
    ...{ 'ensemble.clocktype': 'dev_local_time', 'epochid.epochid': 'e1' },
  });
  const documents = [subject, element, stored];
  if (names !== null) {
    const list = join(path, 'names.txt');
    writeFileSync(list, names);
    const of = withDependency(described, 'element_id', documentId(element));
    documents.push(withFile(withDependency(of, 'element_epoch_id', documentId(stored)), 'neuron_names.txt', list));
  }
  session.addDocuments(documents, true);
  const found = ensembleTrains(session, epoch);
  const told = found.trains.map(({ name, origin, spikes: count, times }) => [name, origin, count, [...times()]]);
  session.close();
  return { told, problems: found.problems };
}

it('15.5: neurons of an ensemble are units, by the names and numbers that it tells, silent ones too', () => {
  expect(made('cell a\ncell b\ncell c\n')).toEqual({
    told: [
      ['cell a', 'ensemble', 2, [0.1, 0.25]],
      ['cell b', 'ensemble', 0, []],
      ['cell c', 'ensemble', 2, [0.2, 4]],
    ],
    problems: [],
  });
});

it('15.5: an ensemble without names is read by its numbers', () => {
  expect(made(null).told.map(([name]) => name)).toEqual(['column 1', 'column 3']);
  expect(made('only one').told.map(([name]) => name)).toEqual(['only one', 'L4 2', 'L4 3']);
});

it('an ensemble whose document tells of more neurons than there can be is left out, and told', () => {
  expect(made('a', 5e9)).toMatchObject({ told: [], problems: [{ code: 'document.invalid' }] });
});

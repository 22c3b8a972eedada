import { expect, test } from 'vitest';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { namedByFile } from './entry-file.ts';

const folder = '/data/2024-05-01';

function recording(format: string, path: string, files: readonly string[]): RecordingInfo {
  return {
    kind: 'recording',
    path,
    format,
    formatName: format,
    version: '1',
    files: [...files],
    device: '',
    startedAt: null,
    segments: [],
    channels: [],
    events: {},
    problems: [],
    why: [],
  };
}

/** Recognises the folder by one of its files only. */
const workers = {
  recognise: (path: string) =>
    Promise.resolve(path.endsWith('CSC2.ncs') ? [{ format: 'neuralynx', path: folder, files: [], why: [] }] : []),
} as unknown as DataWorkers;

test('a folder stands for the first of its files that leads back to it', async () => {
  const found = await namedByFile(
    workers,
    recording('neuralynx', folder, [`${folder}/CSC1.ncs`, `${folder}/CSC2.ncs`]),
  );
  expect(found).toMatchObject({ path: `${folder}/CSC2.ncs`, files: [`${folder}/CSC2.ncs`] });
});

test('a single file, and a folder that NDI reads by a rule of its own, stay as they are', async () => {
  const file = recording('edf', '/data/a.edf', ['/data/a.edf']);
  expect(await namedByFile(workers, file)).toBe(file);
  const intan = recording('intan-rhd', folder, [`${folder}/info.rhd`, `${folder}/time.dat`]);
  expect(await namedByFile(workers, intan)).toBe(intan);
});

test('a folder that no file stands for is refused', async () => {
  await expect(namedByFile(workers, recording('neuralynx', folder, [`${folder}/CSC1.ncs`]))).rejects.toMatchObject({
    code: 'format.unsupported',
    details: { path: folder },
  });
});

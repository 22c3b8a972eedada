import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { cleanUp, temporaryFolder } from '../../ndi/testing/folders.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { writeEpochSegments } from './epoch-files.ts';

afterAll(cleanUp);

/** Workers that read a recording of events alone, as many as they say. */
function workersWith(total: number): DataWorkers {
  const info = { channels: [], events: { mk1: total }, startedAt: null, device: 'made' } as unknown as RecordingInfo;
  const events = [{ channel: 'mk1', time: 1, value: 1 }];
  const made: Partial<DataWorkers> = {
    describe: () => Promise.resolve(info),
    events: () => Promise.resolve({ events, total }),
  };
  return made as DataWorkers;
}

const write = (total: number) =>
  writeEpochSegments(
    workersWith(total),
    { path: 'made.nev', timeShift: 0 },
    temporaryFolder(),
    () => undefined,
    new AbortController().signal,
  );

describe('the events of an epoch that is ingested', () => {
  it('are kept in the notes', async () => {
    const { notesPath } = await write(1);
    expect(JSON.parse(readFileSync(notesPath, 'utf8'))).toMatchObject({ events: [{ time: 1 }] });
  });

  it('keep it from being ingested where they are more than can be kept: none may be lost', async () => {
    await expect(write(1_000_001)).rejects.toThrow(/has 1000001 events/);
  });
});

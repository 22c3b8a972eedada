import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Problem } from '../../../shared/contract/common.ts';
import type { ScannedRecording } from '../../../shared/contract/imports.ts';

/** Bytes compared at the start, in the middle and at the end: enough to tell two recordings apart, whatever their size. */
const PROBE_BYTES = 64 * 1024;

/** Recordings that are copies of one another, told by the size of their main file and three probes of its content. */
export async function duplicateProblems(recordings: readonly ScannedRecording[]): Promise<Problem[]> {
  const alike = groupBy(recordings, (one) => [one.format, one.device, one.channels, one.duration].join('|'));
  const problems: Problem[] = [];
  for (const candidates of alike.filter((group) => group.length > 1)) {
    const probes = new Map<ScannedRecording, string>();
    for (const candidate of candidates) probes.set(candidate, await probeContent(candidate));
    for (const copies of groupBy(candidates, (one) => probes.get(one) ?? '')) {
      if (copies.length < 2) continue;
      problems.push({
        grade: 'shouldFix',
        code: 'import.duplicate',
        message: `${copies.length} recordings are copies of one another: leave out all but one.`,
        paths: copies.map((copy) => copy.path),
      });
    }
  }
  return problems;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): T[][] {
  return [...Map.groupBy(items, key).values()];
}

async function probeContent(recording: ScannedRecording): Promise<string> {
  // The header of a folder layout is the same for all epochs of a rig: there, all files are probed.
  const files = recording.files.length > 2 ? recording.files : recording.files.slice(0, 1);
  const hash = createHash('sha1');
  for (const path of files) {
    try {
      const file = await open(path, 'r');
      try {
        const { size } = await file.stat();
        hash.update(`${size}|`);
        for (const at of [0, Math.max(0, Math.floor(size / 2)), Math.max(0, size - PROBE_BYTES)]) {
          const { buffer, bytesRead } = await file.read(Buffer.alloc(PROBE_BYTES), 0, PROBE_BYTES, at);
          hash.update(buffer.subarray(0, bytesRead));
        }
      } finally {
        await file.close();
      }
    } catch {
      // A file that cannot be read now is equal to none.
      hash.update(path);
    }
  }
  return hash.digest('hex');
}

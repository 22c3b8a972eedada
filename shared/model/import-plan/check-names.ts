import type { FoundRecording } from './choices.ts';
import type { PlannedRecording, PlannedSession, PlanProblem } from './planned.ts';

/**
 * NDI finds the recordings of a device by the names of their files, in the folder of the session and all below. Names
 * that cannot tell what is taken from what is not, or one device from another, are said before anything is written.
 * @param inPlace whether the recordings stay among those that are left out
 */
export function nameProblems(
  found: readonly FoundRecording[],
  sessions: readonly PlannedSession[],
  inPlace: boolean,
): PlanProblem[] {
  const taken = new Set(
    sessions.flatMap(({ epochs }) => epochs.flatMap(({ recordings }) => recordings.map((one) => one.found.key))),
  );
  const left = inPlace
    ? Map.groupBy(
        found.filter(({ key }) => !taken.has(key)),
        mainName,
      )
    : new Map<string, never[]>();
  return sessions.flatMap(({ place, epochs }) => {
    const recordings = epochs.flatMap((epoch) => epoch.recordings);
    return [...Map.groupBy(recordings, ({ found: one }) => mainName(one))].flatMap(([name, own]) => {
      const [first] = own;
      const devices = new Set(own.flatMap(({ device }) => device || []));
      if (devices.size > 1) return [severalDevices(name, devices, own)];
      const strangers = (left.get(name) ?? []).filter(
        (one) => isBelow(one.key, place) && first !== undefined && filesOf(one) >= filesOf(first.found),
      );
      return strangers.length === 0 ? [] : [leftOut(name, strangers)];
    });
  });
}

function severalDevices(name: string, devices: ReadonlySet<string>, own: readonly PlannedRecording[]): PlanProblem {
  return {
    ...{ grade: 'blocks', code: 'import.ambiguous' },
    message: `NDI finds recordings by the names of their files, and ${name} is the name of recordings of ${[...devices].join(' and ')}: give them one device.`,
    paths: own.map(({ found }) => found.path),
  };
}

function leftOut(name: string, strangers: readonly FoundRecording[]): PlanProblem {
  return {
    ...{ grade: 'blocks', code: 'import.ambiguous' },
    message: `NDI finds recordings by the names of their files, and ${name}, which is left out, has the name of one that is taken: take it too, copy the recordings, or rename it.`,
    paths: strangers.map(({ path }) => path),
  };
}

/** Name of the file by which NDI knows a recording. */
function mainName({ files, path }: FoundRecording): string {
  return (files[0] ?? path).split(/[/\\]/).at(-1) ?? '';
}

/** Files by whose names a recording is known: one where it is a folder. */
function filesOf({ files, path }: FoundRecording): number {
  return files.includes(path) ? files.length : 1;
}

function isBelow(key: string, place: string): boolean {
  return place === '' || key === place || key.startsWith(`${place}/`);
}

import type { ScannedRecording } from '../../shared/contract/imports.ts';
import type { ImportPlan } from '../../shared/model/import-plan/planned.ts';
import { describeProblems } from './describe.ts';
import { sections, table } from './tables.ts';

type Plan = ImportPlan<ScannedRecording>;

/** A plan as JSON: sessions with their epochs, and what the pattern read. */
export function planValue({ sessions, unmatched, problems }: Plan): object {
  return {
    sessions: sessions.map(({ reference, place, epochs }) => ({
      reference,
      place,
      epochs: epochs.map(({ key, epochId, recordings }) => ({
        key,
        epochId,
        recordings: recordings.map(({ found, device, reader, subject, probes, match }) => ({
          ...{ key: found.key, device, reader, subject, probes },
          values: match?.values ?? null,
          otherReadings: match?.others ?? [],
        })),
      })),
    })),
    unmatched: unmatched.map(({ key }) => key),
    problems,
  };
}

export function describePlan({ sessions, unmatched, problems }: Plan): string {
  const rows = sessions.flatMap(({ reference, epochs }) =>
    epochs.flatMap(({ epochId, recordings }) =>
      recordings.map((one) => [
        reference === '' ? '(named by --reference)' : reference,
        epochId ?? '(made)',
        one.device,
        one.subject,
        one.probes.map((probe) => `${probe.name} ${probe.deviceString.split(':')[1] ?? ''}`).join(', '),
        one.found.key,
      ]),
    ),
  );
  return sections(
    'What would be made:',
    table(['Session', 'Epoch', 'Device', 'Subject', 'Probes', 'Recording'], rows),
    unmatched.length === 0
      ? ''
      : `${unmatched.length} recordings are left out: ${unmatched.map(({ key }) => key).join(', ')}`,
    describeProblems(problems),
  );
}

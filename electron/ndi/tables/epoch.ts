import { type ClockSpan, isGlobalClock } from '../../../shared/model/clocks.ts';
import { textOf, valueAt } from '../../../shared/model/documents.ts';
import type { Epoch } from '../epochs/epoch.ts';
import { type Probe, probes } from '../epochs/probes.ts';
import { subjects } from '../epochs/subjects.ts';
import type { Session } from '../session.ts';
import { readMixture } from './mixtures.ts';
import { fieldsOf, ontologyOf } from './openminds.ts';
import { byEpoch, type TableSource } from './source.ts';
import { PivotRow } from './table.ts';

/** Always there; what NDI does not have comes after what it has. */
export const epochColumns = [
  'EpochNumber',
  'EpochDocumentIdentifier',
  'ProbeDocumentIdentifier',
  'SubjectDocumentIdentifier',
  'local_t0',
  'local_t1',
];

/**
 * A row an epoch of a probe, numbered within the probe, and one each for epochs in which no probe was recorded. NDI's
 * `EpochDocumentIdentifier` is the epoch's id.
 */
export function epochRows(source: TableSource, session: Session, epochs: readonly Epoch[]): PivotRow[] {
  const baths = byEpoch(source, 'stimulus_bath');
  const approaches = byEpoch(source, 'openminds_stimulus');
  const known = subjects(session);
  const row = (epoch: Epoch, number: number, probe: Probe | null) => {
    const subject = known.find((one) => one.localIdentifier === probe?.subject);
    const made = new PivotRow(probe?.id ?? null, {
      EpochNumber: number,
      EpochDocumentIdentifier: epoch.epochId,
      ProbeDocumentIdentifier: probe?.id ?? null,
      SubjectDocumentIdentifier: subject?.id ?? null,
      ...times(epoch.clocks),
    });
    for (const bath of baths(epoch.epochId.toLowerCase())) {
      for (const ingredient of readMixture(valueAt(bath, 'stimulus_bath.mixture_table'))) {
        made.add('MixtureName', ingredient['name'] ?? null);
        made.add('MixtureOntology', ingredient['ontologyName'] ?? null);
      }
    }
    for (const approach of approaches(epoch.epochId.toLowerCase())) {
      made.add('ApproachName', textOf(fieldsOf(approach)['name']));
      made.add('ApproachOntology', ontologyOf(fieldsOf(approach)));
    }
    made.add('ProbeName', probe?.name);
    made.add('ProbeType', probe?.type);
    made.add('ProbeReference', probe?.reference);
    made.add('SubjectLocalIdentifier', probe?.subject);
    made.add('DaqSystem', epoch.device);
    return made;
  };
  const ofProbes = probes(session, epochs).flatMap((probe) =>
    epochs.filter((epoch) => records(epoch, probe)).map((epoch, at) => row(epoch, at + 1, probe)),
  );
  const without = epochs.filter((epoch) => epoch.probeMap.length === 0).map((epoch) => row(epoch, epoch.number, null));
  return [...ofProbes, ...without];
}

function records(epoch: Epoch, probe: Probe): boolean {
  return (
    probe.epochIds.includes(epoch.epochId) &&
    epoch.probeMap.some(
      ({ name, reference, type }) =>
        name === probe.name && reference === probe.reference && type.toLowerCase() === probe.type.toLowerCase(),
    )
  );
}

function times(clocks: readonly ClockSpan[]): Record<string, string | number | null> {
  const local = clocks.find(({ type }) => type === 'dev_local_time');
  const global = clocks.find(({ type }) => isGlobalClock(type));
  return {
    local_t0: local?.t0 ?? null,
    local_t1: local?.t1 ?? null,
    global_t0: global === undefined ? null : dateOf(global, global.t0),
    global_t1: global === undefined ? null : dateOf(global, global.t1),
  };
}

/** 1 January 1970 as a date number of MATLAB (in days), in which readers give the experiment's time. */
const UNIX_EPOCH_DAYS = 719_529;
const MS_A_DAY = 86_400_000;
/** 1900 and 2100: numbers outside are no dates, and stay what they are. */
const EARLIEST_DAYS = 693_962;
const LATEST_DAYS = 767_011;

/** A date and time without a time zone, as MATLAB's date numbers have none. */
function dateOf({ type }: ClockSpan, time: number): string | number {
  const isDate = /exp_global_time$/.test(type) && time > EARLIEST_DAYS && time < LATEST_DAYS;
  return isDate ? new Date(Math.round((time - UNIX_EPOCH_DAYS) * MS_A_DAY)).toISOString().replace('Z', '') : time;
}

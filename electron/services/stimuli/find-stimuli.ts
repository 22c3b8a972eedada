import type { Problem } from '../../../shared/contract/common.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { liesInCloud } from '../../ndi/database/file-store.ts';
import type { DaqSystem } from '../../ndi/daq/daq-systems.ts';
import { epochMetadata } from '../../ndi/daq/metadata/epoch-metadata.ts';
import { isStimulator } from '../../../shared/model/probe-types.ts';
import { elementName } from '../../ndi/epochs/elements.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import { type Probe, probes } from '../../ndi/epochs/probes.ts';
import type { Session } from '../../ndi/session.ts';
import type { StimulatorReading } from '../../ndi/stimuli/presentation.ts';
import { readStimulator } from '../../ndi/stimuli/read-stimulator.ts';
import { type StoredPresentations, storedPresentations } from '../../ndi/stimuli/stimulus-documents.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { sessionEpochs } from '../session-epochs.ts';

/** What a stimulator showed in an epoch. */
export interface FoundStimuli extends StimulatorReading {
  readonly probe: Probe;
  readonly epoch: Epoch;
  readonly clock: string;
  /** Null where it was read from the recording. */
  readonly documentId: string | null;
}

export interface StimulusChoice {
  readonly probe?: string | undefined;
  readonly epoch?: string | undefined;
}

/** Beyond the times of any recording. */
const ALWAYS = 1e12;
const MOST_EVENTS = 1_000_000;

/**
 * What the chosen stimulators showed: from their documents, else from their recordings. What cannot be read is a
 * problem; the rest is there.
 * @throws NdiError epoch.notFound where a probe or epoch is named that is not there, session.*, app.cancelled
 */
export async function findStimuli(
  session: Session,
  workers: DataWorkers,
  choice: StimulusChoice,
  signal?: AbortSignal,
): Promise<{ found: FoundStimuli[]; problems: Problem[] }> {
  const { systems, epochs } = await sessionEpochs(session, workers, signal);
  const chosen = chooseProbes(probes(session, epochs), choice);
  const problems: Problem[] = [];
  const found: FoundStimuli[] = [];
  for (const probe of chosen) {
    const stored = guarded(problems, session, () => (probe.id === null ? [] : storedPresentations(session, probe.id)));
    const covered = new Set<string>();
    for (const { system, epochs: own } of systems) {
      for (const epoch of own.filter((one) => recorded(probe, one) && isChosen(one, choice))) {
        signal?.throwIfAborted();
        covered.add(epoch.epochId);
        const known = stored?.find((one) => one.epochId === epoch.epochId);
        const reading =
          known ?? (await attempt(problems, session, () => read(session, workers, probe, system, epoch, signal)));
        if (reading !== null)
          found.push({ probe, epoch, clock: clockOf(reading, epoch), documentId: idOf(reading), ...plain(reading) });
      }
    }
    // Stimuli of a table, for a stimulator that no probe map names.
    for (const one of stored ?? []) {
      const epoch = epochs.find(({ epochId }) => epochId === one.epochId);
      if (covered.has(one.epochId) || epoch === undefined || !isChosen(epoch, choice)) continue;
      found.push({ probe, epoch, clock: one.clock, documentId: one.documentId, ...plain(one) });
    }
  }
  if (choice.epoch !== undefined && found.length + problems.length === 0) throw noEpoch(choice.epoch);
  return { found, problems };
}

type Reading = StimulatorReading | StoredPresentations;

const idOf = (reading: Reading) => ('documentId' in reading ? reading.documentId : null);
const clockOf = (reading: Reading, epoch: Epoch) =>
  'documentId' in reading ? reading.clock : (epoch.clocks[0]?.type ?? 'dev_local_time');
const plain = ({ presentations, parameters }: Reading) => ({ presentations, parameters });

export function chooseProbes(all: readonly Probe[], { probe: wanted }: StimulusChoice): Probe[] {
  // Probes of the type `event` are stimulators for NDI too, but mostly triggers: they are meant where they are named.
  const stimulators = all.filter(({ type }) => isStimulator(type));
  if (wanted === undefined) return stimulators.filter(({ type }) => type !== 'event');
  const name = wanted
    .replace(/^probe:\s*/i, '')
    .replace(/\s*\|\s*/, ' | ')
    .trim()
    .toLowerCase();
  const fits = stimulators.filter((one) => [one.name, elementName(one)].some((text) => text.toLowerCase() === name));
  if (fits.length > 0) return fits;
  const names = stimulators.map(elementName);
  throw new NdiError({
    code: 'epoch.notFound',
    message: `The session has no stimulator named “${wanted}”.`,
    recovery: names.length === 0 ? 'No probe of it is a stimulator.' : `There are: ${names.join(', ')}.`,
    details: { probe: wanted, probes: names },
  });
}

function isChosen(epoch: Epoch, { epoch: wanted }: StimulusChoice): boolean {
  return (
    wanted === undefined || epoch.epochId.toLowerCase() === wanted.toLowerCase() || String(epoch.number) === wanted
  );
}

export function recorded(probe: Probe, epoch: Epoch): boolean {
  return epoch.probeMap.some(
    ({ name, reference, type, deviceString }) =>
      name === probe.name &&
      reference === probe.reference &&
      type.toLowerCase() === probe.type.toLowerCase() &&
      deviceString.split(':')[0]?.trim().toLowerCase() === epoch.device.toLowerCase(),
  );
}

async function read(
  session: Session,
  workers: DataWorkers,
  probe: Probe,
  system: DaqSystem,
  epoch: Epoch,
  signal?: AbortSignal,
): Promise<StimulatorReading> {
  const { recordingPath: path, timeShift } = epoch;
  if (path === null) {
    throw new NdiError({
      code: 'format.unsupported',
      message: epoch.problems[0]?.message ?? 'The recording cannot be read.',
      recovery: 'Look at the problems of the epoch.',
    });
  }
  return readStimulator(probe, epoch, {
    events: async (channels) => {
      const query = { channels, from: -ALWAYS, to: ALWAYS, limit: MOST_EVENTS, timeShift };
      return (await workers.events(path, query, signal)).events;
    },
    metadata: (number) => epochMetadata(session, system, epoch, number),
  });
}

async function attempt<T>(problems: Problem[], session: Session, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    note(problems, session, error);
    return null;
  }
}

function guarded<T>(problems: Problem[], session: Session, work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    note(problems, session, error);
    return null;
  }
}

function note(problems: Problem[], session: Session, error: unknown): void {
  if (!(error instanceof NdiError) || error.code === 'app.cancelled' || liesInCloud(error)) throw error;
  problems.push({ grade: 'shouldFix', code: error.code, message: error.message, paths: [session.path] });
}

function noEpoch(epoch: string): NdiError {
  return new NdiError({
    code: 'epoch.notFound',
    message: `No stimulator has an epoch ${epoch}.`,
    recovery: 'List the stimuli without naming an epoch to see which there are.',
    details: { epoch },
  });
}

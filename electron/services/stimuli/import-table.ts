import type { CallInputs } from '../../../shared/contract/contract.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import { isStimulator } from '../../../shared/model/probe-types.ts';
import { type Probe, probes } from '../../ndi/epochs/probes.ts';
import { subjects } from '../../ndi/epochs/subjects.ts';
import type { Session } from '../../ndi/session.ts';
import { tablePresentations } from '../../ndi/stimuli/event-table.ts';
import { chooseTable, readTableFile } from '../../ndi/event-tables/read-table.ts';
import type { Presentation } from '../../ndi/stimuli/presentation.ts';
import { storedPresentations } from '../../ndi/stimuli/stimulus-documents.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { fullPath } from '../open-items.ts';
import { chooseEpoch, sessionEpochs } from '../session-epochs.ts';
import type { SyncService } from '../sync/sync.ts';
import { chooseProbes, type FoundStimuli, recorded } from './find-stimuli.ts';

/**
 * What a table says that a stimulator showed. Its times are on the clock of the named device; a stimulator on another
 * device gets them carried to its own.
 * @throws NdiError usage.invalid, format.*, path.*, epoch.notFound, time.*, document.duplicate
 */
export async function tableStimuli(
  session: Session,
  workers: DataWorkers,
  sync: SyncService,
  request: CallInputs['stimuli']['importTable'],
  signal?: AbortSignal,
): Promise<FoundStimuli> {
  const file = fullPath(request.file);
  const reading = tablePresentations(
    file,
    chooseTable(file, await readTableFile(file), request.sheet),
    request.mapping,
  );
  const { epochs } = await sessionEpochs(session, workers, signal);
  const told = chooseEpoch(epochs, request.device, request.epoch);
  const all = probes(session, epochs);
  const probe = findProbe(all, request.probe) ?? newStimulator(session, all, told, request.probe);
  const own = epochs.find((epoch) => recorded(probe, epoch))?.device ?? told.device;
  const clock = clockOf(told, request.clock);
  const carried =
    own === told.device && clock === told.clocks[0]?.type
      ? { epoch: told, presentations: reading.presentations }
      : await carry(sync, request, { epoch: told, clock }, own, epochs, reading.presentations);
  const stored = probe.id === null ? [] : storedPresentations(session, probe.id);
  const before = stored.find(({ epochId }) => epochId === carried.epoch.epochId);
  if (before !== undefined) throw alreadyThere(request.probe, before);
  return {
    probe,
    epoch: carried.epoch,
    clock: carried.epoch.clocks[0]?.type ?? 'dev_local_time',
    documentId: null,
    presentations: carried.presentations,
    parameters: reading.parameters,
  };
}

/** @throws NdiError time.noClock */
function clockOf({ clocks, device, epochId }: Epoch, wanted: string | undefined): string {
  const found = wanted === undefined ? clocks[0]?.type : clocks.find(({ type }) => type === wanted)?.type;
  if (found !== undefined) return found;
  if (wanted === undefined) return 'dev_local_time';
  throw new NdiError({
    code: 'time.noClock',
    message: `The epoch ${epochId} of ${device} has no clock ${wanted}.`,
    recovery: `Its clocks are: ${clocks.map(({ type }) => type).join(', ') || 'none'}.`,
    details: { device, epoch: epochId, clock: wanted },
  });
}

function findProbe(all: readonly Probe[], name: string): Probe | undefined {
  try {
    return chooseProbes(all, { probe: name })[0];
  } catch (error) {
    if (error instanceof NdiError && error.code === 'epoch.notFound') return undefined;
    throw error;
  }
}

/** A stimulator `name` or `name | 2` that nobody has named yet, of the subject that was recorded in the epoch. */
function newStimulator(session: Session, all: readonly Probe[], epoch: Epoch, wanted: string): Probe {
  const [name = '', reference = '1'] = wanted.split('|').map((part) => part.trim());
  const taken = all.find((one) => one.name === name && one.reference === Number(reference) && !isStimulator(one.type));
  if (!/^[A-Za-z]\S*$/.test(name) || !/^\d+$/.test(reference) || taken !== undefined) {
    throw new NdiError({
      code: 'usage.invalid',
      message:
        taken === undefined
          ? `“${wanted}” cannot name a stimulator.`
          : `“${wanted}” is a probe of the type ${taken.type}.`,
      recovery:
        'Give a name that begins with a letter and has no white space, and if needed a reference: “screen | 1”.',
      details: { probe: wanted },
    });
  }
  const subject =
    all.find(({ epochIds }) => epochIds.includes(epoch.epochId))?.subject ??
    subjects(session)[0]?.localIdentifier ??
    '';
  return { name, reference: Number(reference), type: 'stimulator', subject, id: null, epochIds: [] };
}

async function carry(
  sync: SyncService,
  { path, sessionId }: CallInputs['stimuli']['importTable'],
  { epoch: from, clock }: { readonly epoch: Epoch; readonly clock: string },
  device: string,
  epochs: readonly Epoch[],
  presentations: readonly Presentation[],
): Promise<{ epoch: Epoch; presentations: Presentation[] }> {
  const fields = ['onset', 'offset', 'open', 'close'] as const;
  const times = presentations.flatMap((shown) => fields.map((field) => shown[field]).filter(Number.isFinite));
  const answer = await sync.convertMany({
    path,
    ...(sessionId === undefined ? {} : { sessionId }),
    times,
    from: { device: from.device, epoch: from.epochId, clock },
    to: { device, clock: 'dev_local_time' },
  });
  const used = [...new Set(answer.epochs.filter((at) => at >= 0))];
  const epochId = answer.epochIds[used[0] ?? -1];
  const epoch = epochs.find((one) => one.device === device && one.epochId === epochId);
  if (epoch === undefined || used.length > 1 || answer.times.includes(null)) {
    throw new NdiError({
      code: 'time.outsideEpoch',
      message: `The times of the table do not all lie in one epoch of ${device}.`,
      recovery: 'Import the rows of each epoch by themselves.',
      details: { device, epochs: answer.epochIds },
    });
  }
  let next = 0;
  const carried = presentations.map((shown) => {
    const moved = { onset: shown.onset, offset: shown.offset, open: shown.open, close: shown.close };
    for (const field of fields) if (Number.isFinite(moved[field])) moved[field] = answer.times[next++] ?? NaN;
    return { ...shown, ...moved };
  });
  return { epoch, presentations: carried };
}

function alreadyThere(probe: string, { documentId, epochId }: { documentId: string; epochId: string }): NdiError {
  return new NdiError({
    code: 'document.duplicate',
    message: `The stimuli of ${probe} in the epoch ${epochId} are kept already (document ${documentId}).`,
    recovery: 'Remove that document first, or name another stimulator.',
    details: { id: documentId },
  });
}

import type { CallInputs, CallOutputs } from '../../../shared/contract/contract.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import type { EditService } from '../edits/edits.ts';
import type { OpenItems } from '../open-items.ts';
import { chooseEpoch, sessionEpochs } from '../session-epochs.ts';
import type { SignalsService } from '../signals.ts';
import type { Pyramids } from './pyramids.ts';
import { storePreviews } from './store-previews.ts';

interface OverviewsPorts {
  readonly items: OpenItems;
  readonly workers: DataWorkers;
  readonly pyramids: Pyramids;
  readonly edits: EditService;
  readonly signals: SignalsService;
}

/** Overviews that somebody asks for: built now, and if wished stored in the session for other programs. */
export class Overviews {
  readonly #ports: OverviewsPorts;

  constructor(ports: OverviewsPorts) {
    this.#ports = ports;
  }

  /** @throws NdiError usage.invalid to store without a session, of `storePreviews`, of `SignalsService.buildOverview` */
  async build(
    { source, store = false }: CallInputs['signals']['buildOverview'],
    signal?: AbortSignal,
  ): Promise<CallOutputs['signals']['buildOverview']> {
    const { items, workers, pyramids, edits, signals } = this.#ports;
    const isSession = items.find(source.path) !== null;
    if (store && !isSession) throw noSession(source.path);
    const built = await signals.buildOverview(source, signal);
    if (!store) return { ...built, documents: [] };
    const session = items.session(source.path, source.sessionId);
    const { epochs } = await sessionEpochs(session, workers, signal);
    const epoch = chooseEpoch(epochs, source.device, source.epoch);
    const opened = await pyramids.find(built.path, signal);
    if (opened === undefined) return { ...built, documents: [] };
    const { folder } = opened.access;
    const place = { path: source.path, sessionId: source.sessionId };
    const target = { session, place, epoch, recordingPath: built.path, folder };
    return { ...built, documents: await storePreviews({ workers, edits }, target, signal) };
  }
}

function noSession(path: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `${path} is no session: there is nothing to store the overview in.`,
    recovery: 'Name a session and one of its epochs, or leave out to store it.',
    details: { path },
  });
}

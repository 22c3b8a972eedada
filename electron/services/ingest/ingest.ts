import type { IngestResult } from '../../../shared/contract/ingest.ts';
import { withValues } from '../../../shared/model/documents.ts';
import { notesFile } from '../../formats/ndi-ingested/notes.ts';
import type { DaqSystem } from '../../ndi/daq/daq-systems.ts';
import { allMetadata } from '../../ndi/daq/metadata/epoch-metadata.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import { ingestedDocuments, ingestedImageDocuments } from '../../ndi/epochs/ingested-documents.ts';
import { isIngested } from '../../ndi/epochs/ingested.ts';
import type { Session } from '../../ndi/session.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import type { EditService } from '../edits/edits.ts';
import type { Jobs } from '../jobs.ts';
import type { OpenItems } from '../open-items.ts';
import { makeIdsPermanent } from '../permanent-ids.ts';
import { inScratchFolder } from '../scratch-folder.ts';
import { sessionEpochs } from '../session-epochs.ts';
import { writeEpochSegments, writeMetadata } from './epoch-files.ts';
import { writeFrames } from './image-files.ts';

export interface IngestRequest {
  readonly path: string;
  readonly sessionId?: string | undefined;
}

/**
 * Takes the recordings of a session into its database, so that it works without its raw files. One epoch, one
 * transaction: what was interrupted goes on with the next epoch, and each can be undone.
 */
export class IngestService {
  readonly #items: OpenItems;
  readonly #workers: DataWorkers;
  readonly #edits: EditService;
  readonly #jobs: Jobs;

  constructor(items: OpenItems, workers: DataWorkers, edits: EditService, jobs: Jobs) {
    this.#items = items;
    this.#workers = workers;
    this.#edits = edits;
    this.#jobs = jobs;
  }

  /** What an ingestion would do. @throws NdiError session.*, path.* */
  async status(request: IngestRequest): Promise<{ epochs: number; ingested: number; unreadable: number }> {
    const { epochs } = await sessionEpochs(this.#session(request), this.#workers);
    const ingested = epochs.filter(isIngested).length;
    const unreadable = epochs.filter((epoch) => !isIngested(epoch) && !canBeRead(epoch)).length;
    return { epochs: epochs.length, ingested, unreadable };
  }

  /** @throws NdiError session.*, path.*, format.*, database.*, app.cancelled */
  async ingest(request: IngestRequest, signal?: AbortSignal): Promise<IngestResult> {
    await makeIdsPermanent(this.#items, this.#session(request));
    const session = this.#session(request);
    const title = `Ingesting ${session.reference}`;
    return this.#jobs.run({ title, signal }, async (job, cancelled) => {
      const { systems, epochs } = await sessionEpochs(session, this.#workers, cancelled);
      const work = systems.flatMap(({ system, epochs: own }) => own.map((epoch) => ({ system, epoch })));
      const waiting = work.filter(({ epoch }) => !isIngested(epoch) && canBeRead(epoch));
      const failed = work
        .filter(({ epoch }) => !canBeRead(epoch))
        .map(({ epoch }) => ({ device: epoch.device, epochId: epoch.epochId, reason: whyNot(epoch) }));
      const ids: string[] = [];
      for (const [index, { system, epoch }] of waiting.entries()) {
        const report = (fraction: number) =>
          job.report((index + fraction) / waiting.length, `${epoch.device} · ${epoch.epochId}`);
        report(0);
        ids.push(...(await this.#ingestEpoch(request, session, system, epoch, report, cancelled)));
      }
      const already = epochs.length - waiting.length - failed.length;
      return { path: session.path, epochs: waiting.length, already, failed, ids };
    });
  }

  async #ingestEpoch(
    request: IngestRequest,
    session: Session,
    system: DaqSystem,
    epoch: Epoch,
    report: (fraction: number) => void,
    signal: AbortSignal,
  ): Promise<string[]> {
    const source = { path: epoch.recordingPath ?? '', timeShift: epoch.timeShift };
    const told = allMetadata(session, system, epoch.files).flatMap((parameters, at) => {
      const readerId = system.metadataReaderIds[at];
      return parameters === null || readerId === undefined ? [] : [[readerId, parameters] as const];
    });
    return inScratchFolder(session.path, 'ingest', async (folder) => {
      const metadata = await writeMetadata(told, folder);
      const write = async () => {
        if (epoch.images !== undefined) {
          const frames = await writeFrames(this.#workers, epoch.images, folder, report, signal);
          return ingestedImageDocuments(system, epoch, { ...frames, metadata });
        }
        const written = await writeEpochSegments(this.#workers, source, folder, report, signal);
        return ingestedDocuments(system, epoch, { ...written, metadata, notesName: notesFile });
      };
      const documents = await write();
      const owned = documents.map((document) => withValues(document, { 'base.session_id': session.id }));
      const { ids } = await this.#edits.change(request, { add: owned }, `Ingest ${epoch.epochId}`);
      return ids;
    });
  }

  #session({ path, sessionId }: IngestRequest): Session {
    return this.#items.session(path, sessionId);
  }
}

const canBeRead = ({ recordingPath, images }: Epoch): boolean => recordingPath !== null || images !== undefined;

function whyNot(epoch: Epoch): string {
  return epoch.problems[0]?.message ?? 'Its recording cannot be read.';
}

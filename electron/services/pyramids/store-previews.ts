import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDeviceString } from '../../../shared/model/device-string.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import {
  dependencyValue,
  documentId,
  type NdiDocument,
  valueAt,
  withDependency,
} from '../../../shared/model/documents.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { elements } from '../../ndi/epochs/elements.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import type { Session } from '../../ndi/session.ts';
import type { PyraviewLevels } from '../../signal/pyramid/pyraview.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import type { EditService } from '../edits/edits.ts';

export interface PreviewPorts {
  readonly workers: DataWorkers;
  readonly edits: EditService;
}

export interface PreviewTarget {
  readonly session: Session;
  readonly place: { readonly path: string; readonly sessionId?: string | undefined };
  readonly epoch: Epoch;
  readonly recordingPath: string;
  /** Where the built pyramid lies. */
  readonly folder: string;
}

/**
 * Stores the overview of an epoch in its session, as NDI's `pyraview` documents: one for each probe that has a document
 * and channels in this epoch. Those that were there before are replaced; all is one step that can be undone.
 * @returns ids of the documents
 * @throws NdiError format.unsupported, document.*, database.*, path.*
 */
export async function storePreviews(
  { workers, edits }: PreviewPorts,
  { session, place, epoch, recordingPath, folder }: PreviewTarget,
  signal?: AbortSignal,
): Promise<string[]> {
  const known = elements(session);
  const scratch = mkdtempSync(join(tmpdir(), 'ndi-previews-'));
  try {
    const add: NdiDocument[] = [];
    for (const row of epoch.probeMap) {
      const element = known.find(
        ({ name, reference, type }) =>
          name === row.name && reference === row.reference && type.toLowerCase() === row.type.toLowerCase(),
      );
      const { device, channels } = parseDeviceString(row.deviceString);
      const sampled = channels.filter(({ type }) => type === 'ai' || type === 'ax' || type === 'ao');
      if (element === undefined || device.toLowerCase() !== epoch.device.toLowerCase() || sampled.length === 0)
        continue;
      const names = sampled.map(({ type, number }) => `${type}${number}`);
      const out = mkdtempSync(join(scratch, 'levels-'));
      const levels = await workers.writePyraview(recordingPath, folder, names, out, signal);
      add.push(previewDocument(levels, epoch, element.id, out));
    }
    if (add.length === 0) return [];
    const remove = previewsOf(session, epoch.epochId, new Set(add.map((one) => dependencyValue(one, 'element_id'))));
    await edits.change(place, { add, remove }, `Store the overview of ${epoch.epochId}`);
    return add.map(documentId);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function previewDocument(levels: PyraviewLevels, epoch: Epoch, elementId: string, folder: string): NdiDocument {
  const { nativeRate, samples, channels } = levels;
  const startTime = levels.startTime + epoch.timeShift;
  const factors = levels.levels.map(({ decimation }) => decimation);
  const document = newDocument('pyraview', {
    'pyraview.label': 'all',
    'pyraview.nativeRate': nativeRate,
    'pyraview.nativeStartTime': startTime,
    'pyraview.channels': channels,
    'pyraview.dataType': 'double',
    // Each level by its step from the one before, as NDI writes them.
    'pyraview.decimationLevels': factors.map((factor, level) => factor / (factors[level - 1] ?? 1)),
    'pyraview.decimationSamplingRates': factors.map((factor) => nativeRate / factor),
    'pyraview.decimationStartTimes': factors.map(() => startTime),
    'epochid.epochid': epoch.epochId,
    'epochclocktimes.clocktype': 'dev_local_time',
    'epochclocktimes.t0_t1': [startTime, startTime + (samples - 1) / nativeRate],
    'filter.label': 'all',
    'filter.type': 'none',
    'filter.algorithm': 'none',
    'filter.parameters': { sampleFrequency: nativeRate },
  });
  const whole = levels.levels.reduce((one, { file }) => withFile(one, file, join(folder, file)), document);
  return withDependency(whole, 'element_id', elementId);
}

/** Ids of the unfiltered previews of an epoch and some elements that are stored already. */
function previewsOf(session: Session, epochId: string, elementIds: ReadonlySet<string>): string[] {
  return session
    .documents({ isa: 'pyraview' })
    .map((entry) => session.read(entry))
    .filter(
      (document) =>
        valueAt(document, 'epochid.epochid') === epochId &&
        valueAt(document, 'pyraview.label') === 'all' &&
        elementIds.has(dependencyValue(document, 'element_id')),
    )
    .map(documentId);
}

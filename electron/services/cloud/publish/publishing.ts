import type { PublishState } from '../../../../shared/contract/cloud-publish.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import type { CloudApi } from '../../../ndi/cloud/api/cloud-api.ts';
import { cloudIdOf, type Dataset, type DatasetMetadata } from '../../../ndi/cloud/api/shapes.ts';
import { checkList, type CheckItem, good } from '../../../ndi/cloud/publish/check-list.ts';
import { differingFields, localRecord } from '../../../ndi/cloud/publish/cloud-metadata.ts';
import { datasetPage } from '../../../ndi/cloud/publish/crossref-xml.ts';
import { bareDoi } from '../../../ndi/cloud/publish/doi.ts';
import { listAt, textAt } from '../../../ndi/ontology/answers.ts';
import { findTarget } from '../../edits/target.ts';
import type { OpenItems } from '../../open-items.ts';
import type { CopySession, CopySessions } from '../sync/copy-session.ts';
import type { SyncPlanning } from '../sync/planning.ts';
import { notReady } from './not-ready.ts';
import type { Validation } from './validation.ts';

/** Publishing takes minutes on large datasets; at the limit it simply goes on in the cloud. */
const PUBLISH_LIMIT_MS = 180_000;
const FIRST_LOOK_MS = 2000;
const LOOK_EVERY_MS = 30_000;

type Act = 'submit' | 'publish' | 'unpublish';
const operations = { submit: 'submitDataset', publish: 'publishDataset', unpublish: 'unpublishDataset' } as const;

interface Tools {
  readonly copies: CopySessions;
  readonly items: OpenItems;
  readonly planning: SyncPlanning;
  readonly validation: Validation;
}

/** Publication of a dataset: what it needs, asking for it, doing it. */
export class PublishingService {
  readonly #tools: Tools;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  /**
   * What publication asks for, item by item. A dataset that is not in the cloud yet is held against what an upload would
   * send.
   * @param validate whether every document is held against its schema first, as a job
   */
  async state(path: string, validate: boolean, signal?: AbortSignal): Promise<PublishState> {
    if (validate) await this.#tools.validation.run(path, signal);
    const { copies } = this.#tools;
    if (copies.withCopy(path, (copy) => copy.links().length) === 0) return await this.#stateOf(path, null, {});
    return await copies.withLinked(path, ({ datasetId, record }) => this.#stateOf(path, datasetId, record), signal);
  }

  /** @throws NdiError usage.invalid while something is missing, cloud.forbidden */
  async act(path: string, act: Act, signal?: AbortSignal): Promise<PublishState> {
    if (act !== 'unpublish') await this.#tools.validation.run(path, signal);
    return await this.#linked(path, signal, async ({ api, datasetId, record }) => {
      const { checks } = await this.#stateOf(path, datasetId, record);
      const missing = checks.filter(({ state }) => state === 'missing').map(({ message }) => message);
      if (act !== 'unpublish' && missing.length > 0) throw notReady(missing);
      await api.call(operations[act], { path: { datasetId }, signal }).catch((thrown: unknown) => {
        throw act !== 'submit' && isForbidden(thrown) ? administratorsOnly() : thrown;
      });
      return await settled(api, datasetId, act, signal);
    });
  }

  /** Puts the description here into the dataset's record; what is empty here stays there as it is. */
  async sendDescription(path: string, signal?: AbortSignal): Promise<PublishState> {
    return await this.#changeRecord(path, () => this.#wanted(path), signal);
  }

  /** Takes NDI-matlab's placeholder of a DOI out of the record. */
  async removePlaceholder(path: string, signal?: AbortSignal): Promise<PublishState> {
    return await this.#changeRecord(path, () => ({ doi: '' }), signal);
  }

  async branch(path: string, name: string, signal?: AbortSignal): Promise<{ cloudDatasetId: string }> {
    return await this.#tools.copies.withLinked(
      path,
      async ({ api, datasetId }) => {
        const body = { branchName: name };
        const made = await api.call('createBranch', { path: { datasetId }, body, signal });
        return { cloudDatasetId: cloudIdOf(made) };
      },
      signal,
    );
  }

  async branches(path: string, signal?: AbortSignal): Promise<{ id: string; name: string }[]> {
    return await this.#tools.copies.withLinked(
      path,
      async ({ api, datasetId }) => {
        const answer = await api.call('listBranches', { path: { datasetId }, signal });
        // Three shapes are about (cloud reference, section 5.2).
        const told: unknown = answer;
        const held: unknown = Array.isArray(told) ? told : Object.values(told ?? {}).find(Array.isArray);
        return listAt(held).flatMap((one) => {
          const id = textAt(one, 'id') || textAt(one, '_id');
          return id === '' ? [] : [{ id, name: textAt(one, 'branchName') || textAt(one, 'name') || id }];
        });
      },
      signal,
    );
  }

  /** The description here as a record in the cloud holds it. */
  #wanted(path: string): DatasetMetadata {
    return localRecord(findTarget(this.#tools.items, { path }).holder);
  }

  async #changeRecord(path: string, change: () => DatasetMetadata, signal?: AbortSignal): Promise<PublishState> {
    return await this.#linked(path, signal, async ({ api, datasetId }) => {
      await api.call('updateDataset', { path: { datasetId }, body: change(), signal });
      return await api.call('getDataset', { path: { datasetId }, signal });
    });
  }

  async #linked(
    path: string,
    signal: AbortSignal | undefined,
    work: (session: CopySession) => Promise<Dataset>,
  ): Promise<PublishState> {
    return await this.#tools.copies.withLinked(
      path,
      async (session) => await this.#stateOf(path, session.datasetId, await work(session)),
      signal,
    );
  }

  async #stateOf(path: string, datasetId: string | null, record: Dataset): Promise<PublishState> {
    const wanted = this.#wanted(path);
    const held = datasetId === null ? wanted : record;
    const differing = datasetId === null ? [] : differingFields(record, wanted);
    const checks = [
      this.#tools.validation.item(path),
      await this.#uploaded(path, datasetId),
      ...(datasetId === null || Object.keys(wanted).length === 0 ? [] : [described(differing)]),
      ...checkList(held, wanted),
    ];
    return {
      cloudDatasetId: datasetId,
      name: held.name ?? '',
      state: datasetId === null ? 'notUploaded' : publication(record),
      page: datasetId === null ? '' : datasetPage(datasetId),
      doi: bareDoi(record.doi ?? ''),
      checks,
      ready: checks.every(({ state }) => state === 'good' || state === 'advice'),
      differing,
    };
  }

  /** Whether the documents are in the cloud too, as the last look found: asking takes long. */
  async #uploaded(path: string, datasetId: string | null): Promise<CheckItem> {
    if (datasetId === null) return uploadedItem('missing', 'It is not in NDI Cloud yet.');
    const { state } = await this.#tools.planning.status(path, false);
    switch (state) {
      case 'in-step':
      case 'cloud-ahead':
        return good('uploaded', 'Everything that is here is in NDI Cloud.');
      case 'unknown':
        return uploadedItem('advice', 'Nobody has looked yet whether everything that is here is in NDI Cloud.');
      case 'local-only':
      case 'local-ahead':
      case 'both-changed':
        return uploadedItem('advice', 'Not everything that is here is in NDI Cloud.');
    }
  }
}

function uploadedItem(state: CheckItem['state'], message: string): CheckItem {
  return { code: 'uploaded', state, message, mend: 'sync', field: null };
}

function described(differing: readonly string[]): CheckItem {
  if (differing.length === 0) return good('description', 'The cloud has the description that is here.');
  const message = `The description here differs from the one in the cloud: ${differing.join(', ')}.`;
  return { code: 'description', state: 'advice', message, mend: 'sendDescription', field: null };
}

function publication(record: Dataset): PublishState['state'] {
  if (record.isPublishing === true) return 'publishing';
  if (record.isUnpublishing === true) return 'unpublishing';
  if (record.isPublished === true) return 'published';
  return record.isSubmitted === true ? 'submitted' : 'draft';
}

/**
 * Publishing goes on after the answer; the record tells when it is done (cloud reference, section 5.2). One that says
 * `isPublishing` at the limit is no failure: it is still running.
 */
async function settled(api: CloudApi, datasetId: string, act: Act, signal?: AbortSignal): Promise<Dataset> {
  const { pace } = api.http;
  const began = pace.now();
  for (let waitMs = FIRST_LOOK_MS; ; waitMs = Math.min(LOOK_EVERY_MS, waitMs * 2)) {
    const record = await api.call('getDataset', { path: { datasetId }, signal });
    const wanted = act === 'publish' ? record.isPublished === true : record.isPublished !== true;
    const leftMs = began + PUBLISH_LIMIT_MS - pace.now();
    if (act === 'submit' || wanted || leftMs <= 0) return record;
    await pace.sleep(Math.min(waitMs, leftMs), signal);
  }
}

function isForbidden(thrown: unknown): boolean {
  return thrown instanceof NdiError && thrown.code === 'cloud.forbidden';
}

function administratorsOnly(): NdiError {
  return new NdiError({
    code: 'cloud.forbidden',
    message: 'Only administrators of NDI Cloud can publish and take back.',
    recovery: 'Submit the dataset: an administrator looks at it and publishes it.',
  });
}

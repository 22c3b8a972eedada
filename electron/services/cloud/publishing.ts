import { randomInt } from 'node:crypto';
import type { PublishState } from '../../../shared/contract/cloud-publish.ts';
import { bibtex, type Citable, plainCitation, ris } from '../../../shared/model/citation.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { CloudApi } from '../../ndi/cloud/api/cloud-api.ts';
import { cloudIdOf, type Dataset, listOf } from '../../ndi/cloud/api/shapes.ts';
import { checkList } from '../../ndi/cloud/publish/check-list.ts';
import { bareDoi, crossrefXml, datasetPage } from '../../ndi/cloud/publish/crossref-xml.ts';
import type { CopySessions } from './sync/copy-session.ts';

/** Publishing takes minutes on large datasets; at the limit it simply goes on in the cloud. */
const PUBLISH_LIMIT_MS = 180_000;
const DOI_PREFIX = '10.63884';
const DOI_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

type Act = 'submit' | 'publish' | 'unpublish';
const operations = { submit: 'submitDataset', publish: 'publishDataset', unpublish: 'unpublishDataset' } as const;

/** Publication of a linked dataset: what it needs, asking for it, doing it, citing it. */
export class PublishingService {
  readonly #copies: CopySessions;

  constructor(copies: CopySessions) {
    this.#copies = copies;
  }

  async state(path: string, signal?: AbortSignal): Promise<PublishState> {
    return await this.#copies.withLinked(
      path,
      ({ datasetId, record }) => Promise.resolve(stateOf(datasetId, record)),
      signal,
    );
  }

  /** @throws NdiError usage.invalid while something is missing, cloud.forbidden */
  async act(path: string, act: Act, signal?: AbortSignal): Promise<PublishState> {
    return await this.#copies.withLinked(
      path,
      async ({ api, datasetId, record }) => {
        const missing = stateOf(datasetId, record).checks.filter(({ state }) => state === 'missing');
        if (act !== 'unpublish' && missing.length > 0) throw notReady(missing.map(({ message }) => message));
        await api.call(operations[act], { path: { datasetId }, signal }).catch((thrown: unknown) => {
          throw act !== 'submit' && isForbidden(thrown) ? administratorsOnly() : thrown;
        });
        return stateOf(datasetId, await settled(api, datasetId, act, signal));
      },
      signal,
    );
  }

  async branch(path: string, name: string, signal?: AbortSignal): Promise<{ cloudDatasetId: string }> {
    return await this.#copies.withLinked(
      path,
      async ({ api, datasetId }) => {
        const body = { branchName: name };
        const made = await api.call('createBranch', { path: { datasetId }, body, signal });
        return { cloudDatasetId: cloudIdOf(made) };
      },
      signal,
    );
  }

  /** @throws NdiError usage.invalid while something is missing, or where it has a DOI already */
  async depositXml(path: string, email: string, signal?: AbortSignal): Promise<{ doi: string; xml: string }> {
    return await this.#copies.withLinked(
      path,
      ({ datasetId, record }) => {
        const { checks, state } = stateOf(datasetId, record);
        const missing = checks.filter((check) => check.state === 'missing').map(({ message }) => message);
        if (bareDoi(record.doi ?? '') !== '') missing.push(`It has the DOI ${record.doi ?? ''} already.`);
        if (state !== 'published') missing.push('It is not published.');
        if (missing.length > 0) throw notReady(missing);
        const suffix = Array.from({ length: 8 }, () => DOI_LETTERS[randomInt(DOI_LETTERS.length)]).join('');
        const doi = `${DOI_PREFIX}/ndic.${new Date().getFullYear()}.${suffix}`;
        const deposit = { doi, depositor: 'Waltham Data Science LLC', email, now: new Date() };
        return Promise.resolve({ doi, xml: crossrefXml(record, datasetId, deposit) });
      },
      signal,
    );
  }
}

function stateOf(datasetId: string, record: Dataset): PublishState {
  const checks = checkList(record);
  const cited = citableOf(datasetId, record);
  return {
    cloudDatasetId: datasetId,
    name: record.name ?? '',
    state: publication(record),
    page: datasetPage(datasetId),
    doi: cited.doi,
    checks: checks.map((check) => ({ ...check })),
    ready: checks.every(({ state }) => state !== 'missing'),
    citation: { text: plainCitation(cited), bibtex: bibtex(cited), ris: ris(cited) },
  };
}

function publication(record: Dataset): PublishState['state'] {
  if (record.isPublishing === true) return 'publishing';
  if (record.isUnpublishing === true) return 'unpublishing';
  if (record.isPublished === true) return 'published';
  return record.isSubmitted === true ? 'submitted' : 'draft';
}

function citableOf(datasetId: string, record: Dataset): Citable {
  const time = Date.parse(record.createdAt ?? '');
  return {
    title: record.name ?? datasetId,
    authors: listOf(record.contributors)
      .map(({ firstName = '', lastName = '' }) => ({ given: firstName, family: lastName }))
      .filter(({ family }) => family !== ''),
    year: (Number.isNaN(time) ? new Date() : new Date(time)).getUTCFullYear(),
    publisher: 'NDI Cloud',
    doi: bareDoi(record.doi ?? ''),
    url: datasetPage(datasetId),
  };
}

/** Publishing goes on after the answer; the record tells when it is done (cloud reference, section 5.2). */
async function settled(api: CloudApi, datasetId: string, act: Act, signal?: AbortSignal): Promise<Dataset> {
  const { pace } = api.http;
  const began = pace.now();
  for (let waitMs = 250; ; waitMs = Math.min(30_000, waitMs * 2)) {
    const record = await api.call('getDataset', { path: { datasetId }, signal });
    const wanted = act === 'publish' ? record.isPublished === true : record.isPublished !== true;
    if (act === 'submit' || wanted || pace.now() - began > PUBLISH_LIMIT_MS) return record;
    await pace.sleep(waitMs, signal);
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

function notReady(missing: readonly string[]): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `The dataset is not ready: ${missing.join(' ')}`,
    recovery: 'Complete what is named; nothing was sent.',
    details: { missing },
  });
}

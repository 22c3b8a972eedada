import type { Citation } from '../../../../shared/contract/cloud-publish.ts';
import { bibtex, type Citable, plainCitation, ris } from '../../../../shared/model/citation.ts';
import type { DatasetMetadata as Description } from '../../../../shared/model/dataset-metadata.ts';
import { type Dataset, listOf } from '../../../ndi/cloud/api/shapes.ts';
import { getDataset } from '../../../ndi/cloud/copy/link.ts';
import { datasetPage } from '../../../ndi/cloud/publish/crossref-xml.ts';
import { bareDoi } from '../../../ndi/cloud/publish/doi.ts';
import { readDatasetMetadata } from '../../../ndi/metadata/dataset-metadata.ts';
import { findTarget } from '../../edits/target.ts';
import type { OpenItems } from '../../open-items.ts';
import type { CopySessions } from '../sync/copy-session.ts';

const PUBLISHER = 'NDI Cloud';

/** How datasets are cited. */
export class CitingService {
  readonly #copies: CopySessions;
  readonly #items: OpenItems;

  constructor(copies: CopySessions, items: OpenItems) {
    this.#copies = copies;
    this.#items = items;
  }

  /**
   * A dataset of this computer is cited by its description, with the address and DOI that the cloud has for it; without
   * the network by its description alone.
   * @throws NdiError session.notFound, cloud.* for one that is known by its cloud id only
   */
  async cite(
    asked: { readonly path: string } | { readonly cloudDatasetId: string },
    signal?: AbortSignal,
  ): Promise<Citation> {
    if ('cloudDatasetId' in asked) {
      const record = await getDataset(this.#copies.accounts.api(), asked.cloudDatasetId, signal);
      return cited(ofRecord(asked.cloudDatasetId, record));
    }
    const { holder } = findTarget(this.#items, asked);
    const here = ofDescription(readDatasetMetadata(holder).metadata, holder.reference);
    const linked = await this.#recordOf(asked.path, signal);
    if (linked === null) return cited(here);
    const there = ofRecord(linked.datasetId, linked.record);
    return cited({
      ...there,
      title: here.isDescribed ? here.title : there.title,
      authors: here.authors.length > 0 ? here.authors : there.authors,
      year: here.year ?? there.year,
    });
  }

  async #recordOf(path: string, signal?: AbortSignal): Promise<{ datasetId: string; record: Dataset | null } | null> {
    const link = this.#copies.withCopy(path, (copy) => copy.links()[0]);
    if (link === undefined) return null;
    const record = await getDataset(this.#copies.accounts.api(), link.cloudId, signal).catch(() => null);
    signal?.throwIfAborted();
    return { datasetId: link.cloudId, record };
  }
}

function ofDescription(description: Description, reference: string): Citable & { readonly isDescribed: boolean } {
  const { title, authors, releaseDate } = description;
  const year = /^\d{4}/.exec(releaseDate)?.[0];
  return {
    title: title.trim() === '' ? reference : title,
    isDescribed: title.trim() !== '',
    authors: authors.map(({ givenName, familyName }) => ({ given: givenName, family: familyName })),
    year: year === undefined ? null : Number(year),
    publisher: '',
    doi: '',
    url: '',
  };
}

function ofRecord(datasetId: string, record: Dataset | null): Citable {
  const time = Date.parse(record?.createdAt ?? '');
  return {
    title: record?.name ?? datasetId,
    authors: listOf(record?.contributors).map(({ firstName = '', lastName = '' }) => ({
      given: firstName,
      family: lastName,
    })),
    year: Number.isNaN(time) ? null : new Date(time).getUTCFullYear(),
    publisher: PUBLISHER,
    doi: bareDoi(record?.doi ?? ''),
    url: datasetPage(datasetId),
  };
}

function cited(dataset: Citable): Citation {
  return { text: plainCitation(dataset), bibtex: bibtex(dataset), ris: ris(dataset) };
}

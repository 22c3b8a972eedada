import type { CallInputs, CallOutputs } from '../../shared/contract/contract.ts';
import { checkDatasetMetadata, plainOrcid } from '../../shared/model/dataset-metadata.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { metadataChange, readDatasetMetadata } from '../ndi/metadata/dataset-metadata.ts';
import { fromJsonLd } from '../ndi/openminds/objects.ts';
import { openMindsChange } from '../ndi/openminds/write-dataset.ts';
import { openMindsDocuments } from '../ndi/openminds/write-documents.ts';
import { typeOf } from '../ndi/tables/openminds.ts';
import type { EditService } from './edits/edits.ts';
import { receiveValue } from './edits/receive.ts';
import { findTarget } from './edits/target.ts';
import type { OpenItems } from './open-items.ts';

type Outputs = CallOutputs['metadata'];

/** The description of a dataset: read, checked, and changed in steps that can be undone. */
export class MetadataService {
  readonly #items: OpenItems;
  readonly #edits: EditService;

  constructor(items: OpenItems, edits: EditService) {
    this.#items = items;
    this.#edits = edits;
  }

  /** @throws NdiError session.notFound, database.*, path.* */
  get(request: CallInputs['metadata']['get']): Outputs['get'] {
    const { metadata, source } = readDatasetMetadata(findTarget(this.#items, request).holder);
    return {
      metadata: structuredClone(metadata) as Outputs['get']['metadata'],
      source,
      problems: checkDatasetMetadata(metadata),
    };
  }

  /** @throws NdiError document.invalid, database.*, path.* */
  async set({ path, change }: CallInputs['metadata']['set']): Promise<Outputs['set']> {
    const { holder } = findTarget(this.#items, { path });
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const next = { ...readDatasetMetadata(holder).metadata, ...given };
    const authors = next.authors.map((author) => ({ ...author, orcid: plainOrcid(author.orcid) }));
    const names = Object.keys(given);
    const title = names.length === 1 ? `Describe the dataset: ${names[0] ?? ''}` : 'Describe the dataset';
    return await this.#edits.change({ path }, metadataChange(holder, { ...next, authors }), title);
  }

  /** @throws NdiError usage.invalid where nothing is described, document.invalid, database.*, path.* */
  async writeOpenMinds({ path }: CallInputs['metadata']['writeOpenMinds']): Promise<Outputs['writeOpenMinds']> {
    const { holder } = findTarget(this.#items, { path });
    const { metadata, source } = readDatasetMetadata(holder);
    if (source === 'none') throw nothingDescribed(holder.reference);
    const change = openMindsChange(holder, metadata);
    return await this.#edits.change({ path }, change, 'Write the description as openMINDS documents');
  }

  /** @throws NdiError document.invalid for what is no openMINDS object, document.notFound, database.*, path.* */
  async addOpenMinds(request: CallInputs['metadata']['addOpenMinds']): Promise<Outputs['addOpenMinds']> {
    const { objects, about, ...place } = request;
    const documents = openMindsDocuments(fromJsonLd(receiveValue(objects, 'What is to be added')), about ?? null);
    const types = [...new Set(documents.map((document) => typeOf(document)))];
    const title = `Add openMINDS ${types.slice(0, 3).join(', ')}${types.length > 3 ? ' …' : ''}`;
    return await this.#edits.change(place, { add: documents }, title);
  }
}

function nothingDescribed(reference: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `Nothing describes “${reference}” yet.`,
    recovery: 'Give it a title and authors first: “Describe the dataset”, or “ndi metadata --set”.',
  });
}

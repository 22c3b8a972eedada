import type { CallInputs, CallOutputs } from '../../shared/contract/contract.ts';
import { checkDatasetMetadata, plainOrcid } from '../../shared/model/dataset-metadata.ts';
import { metadataChange, readDatasetMetadata } from '../ndi/metadata/dataset-metadata.ts';
import type { EditService } from './edits/edits.ts';
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
}

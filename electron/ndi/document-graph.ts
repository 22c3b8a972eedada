import type { Dependency } from '../../shared/model/documents.ts';

/** What the graph needs of a document; entries of the index and documents' summaries both have it. */
export interface GraphDocument {
  readonly id: string;
  readonly dependencies: readonly Dependency[];
}

/** A dependency whose document is not there. */
export interface BrokenDependency {
  readonly id: string;
  readonly name: string;
  readonly missing: string;
}

/**
 * Which document depends on which, over a list of documents: the counterpart of NDI-matlab's docs2graph,
 * findallantecedents, findalldependencies and finddocs_missing_dependencies. Built in one pass; every walk visits each
 * document once, so circles end.
 */
export class DocumentGraph<D extends GraphDocument> {
  readonly documents: readonly D[];
  readonly #byId = new Map<string, D>();
  readonly #dependents = new Map<string, D[]>();

  constructor(documents: readonly D[]) {
    this.documents = documents;
    for (const document of documents) this.#byId.set(document.id, document);
    for (const document of documents) {
      for (const target of new Set(document.dependencies.map((one) => one.value))) {
        if (target === '') continue;
        const known = this.#dependents.get(target);
        if (known === undefined) this.#dependents.set(target, [document]);
        else known.push(document);
      }
    }
  }

  find(id: string): D | undefined {
    return this.#byId.get(id);
  }

  /** Documents that depend on one directly, whatever the dependency's name. */
  dependents(id: string): readonly D[] {
    return this.#dependents.get(id) ?? [];
  }

  /** Everything that depends on the given documents, directly or not; themselves excluded. Depth first, each once. */
  allDependents(ids: readonly string[]): D[] {
    return walk(ids, (id) => this.dependents(id));
  }

  /** Everything that the given documents depend on, directly or not; themselves excluded. Depth first, each once. */
  allAntecedents(ids: readonly string[]): D[] {
    return walk(ids, (id) =>
      (this.#byId.get(id)?.dependencies ?? []).flatMap((one) => this.#byId.get(one.value) ?? []),
    );
  }

  /** Dependencies that point nowhere; of some names only (case ignored) where names are given. */
  broken(names: readonly string[] = []): BrokenDependency[] {
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    return this.documents.flatMap(({ id, dependencies }) =>
      dependencies
        .filter(({ name }) => wanted.size === 0 || wanted.has(name.toLowerCase()))
        .filter(({ value }) => value !== '' && !this.#byId.has(value))
        .map(({ name, value }) => ({ id, name, missing: value })),
    );
  }

  /** Ids in order, and the pairs of positions [dependent, dependency]; what is outside of the list is left out. */
  adjacency(): { ids: string[]; edges: (readonly [number, number])[] } {
    const position = new Map(this.documents.map(({ id }, at) => [id, at]));
    const edges = this.documents.flatMap(({ dependencies }, from) =>
      [...new Set(dependencies.map((one) => one.value))].flatMap((target) => {
        const to = position.get(target);
        return to === undefined ? [] : [[from, to] as const];
      }),
    );
    return { ids: this.documents.map(({ id }) => id), edges };
  }
}

/** Without recursion: a chain of dependencies may be longer than the stack. */
function walk<D extends GraphDocument>(ids: readonly string[], next: (id: string) => readonly D[]): D[] {
  const seen = new Set(ids);
  const found: D[] = [];
  const waiting = ids.flatMap((id) => next(id)).reverse();
  for (let document = waiting.pop(); document !== undefined; document = waiting.pop()) {
    if (seen.has(document.id)) continue;
    seen.add(document.id);
    found.push(document);
    waiting.push(...[...next(document.id)].reverse());
  }
  return found;
}

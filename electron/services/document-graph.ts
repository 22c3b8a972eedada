import type { DocumentSummary } from '../../shared/contract/documents.ts';
import type { DocumentGraphPart, GraphEdge, GraphNode } from '../../shared/contract/document-graph.ts';
import { NdiError } from '../../shared/model/errors.ts';
import type { DocumentEntry } from '../ndi/database/document-index.ts';
import { type BrokenDependency, DocumentGraph } from '../ndi/document-graph.ts';
import { summaryOf } from './document-summary.ts';
import { fullPath, type OpenItems } from './open-items.ts';

/** Which documents of a session or dataset depend on which. */
export class DocumentGraphService {
  readonly #open: OpenItems;

  constructor(open: OpenItems) {
    this.#open = open;
  }

  /** @throws NdiError session.notFound, document.notFound, database.* */
  around(request: { path: string; id: string; levels: number; limit: number }): DocumentGraphPart {
    const graph = this.#graph(request.path);
    const reached = new Set([request.id]);
    requireKnown(graph, request.path, request.id);
    let truncated = false;
    for (let wave = [request.id], level = 0; wave.length > 0 && level < request.levels; level += 1) {
      const next: string[] = [];
      for (const neighbour of wave.flatMap((id) => neighbours(graph, id))) {
        if (reached.has(neighbour)) continue;
        if (reached.size >= request.limit) {
          truncated = true;
          break;
        }
        reached.add(neighbour);
        next.push(neighbour);
      }
      wave = next;
    }
    return { nodes: [...reached].map((id) => nodeOf(graph, id)), edges: edgesAmong(graph, reached), truncated };
  }

  /** @throws NdiError session.notFound, document.notFound, database.* */
  closure(request: { path: string; ids: string[]; direction: 'antecedents' | 'dependents' }): DocumentSummary[] {
    const graph = this.#graph(request.path);
    for (const id of request.ids) requireKnown(graph, request.path, id);
    const found =
      request.direction === 'antecedents' ? graph.allAntecedents(request.ids) : graph.allDependents(request.ids);
    return found.map(summaryOf);
  }

  /** @throws NdiError session.notFound, database.* */
  broken(path: string, names: readonly string[]): BrokenDependency[] {
    return this.#graph(path).broken(names);
  }

  #graph(path: string): DocumentGraph<DocumentEntry> {
    const item = this.#open.find(path);
    if (item !== null) {
      return new DocumentGraph(item.kind === 'session' ? item.session.documents() : item.dataset.documents());
    }
    throw new NdiError({
      code: 'session.notFound',
      message: `${fullPath(path)} holds no NDI session or dataset.`,
      recovery: 'Choose the folder that holds its .ndi folder.',
      details: { path: fullPath(path) },
    });
  }
}

function neighbours(graph: DocumentGraph<DocumentEntry>, id: string): string[] {
  const below =
    graph
      .find(id)
      ?.dependencies.map((one) => one.value)
      .filter((value) => value !== '') ?? [];
  return [...below, ...graph.dependents(id).map((one) => one.id)];
}

function nodeOf(graph: DocumentGraph<DocumentEntry>, id: string): GraphNode {
  const entry = graph.find(id);
  const links = new Set(entry?.dependencies.map((one) => one.value).filter((value) => value !== ''));
  return {
    ...(entry === undefined ? { id, class: '', name: '', sessionId: '', datestamp: '' } : summaryOf(entry)),
    missing: entry === undefined,
    dependencies: links.size,
    dependents: graph.dependents(id).length,
  };
}

function edgesAmong(graph: DocumentGraph<DocumentEntry>, ids: ReadonlySet<string>): GraphEdge[] {
  return [...ids].flatMap((from) =>
    (graph.find(from)?.dependencies ?? [])
      .filter(({ value }) => ids.has(value))
      .map(({ name, value }) => ({ from, to: value, name })),
  );
}

/** A missing document can stand in the middle too: what pointed to it is around it. */
function requireKnown(graph: DocumentGraph<DocumentEntry>, path: string, id: string): void {
  if (graph.find(id) !== undefined || graph.dependents(id).length > 0) return;
  throw new NdiError({
    code: 'document.notFound',
    message: `There is no document with the id ${id} in ${fullPath(path)}.`,
    recovery: 'List its documents to see which there are.',
    details: { path: fullPath(path), id },
  });
}

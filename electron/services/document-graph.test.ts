import { afterAll, describe, expect, it } from 'vitest';
import { documentId, withDependency } from '../../shared/model/documents.ts';
import { createSession } from '../ndi/create-session.ts';
import { newDocument } from '../ndi/documents/build.ts';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import { DocumentGraphService } from './document-graph.ts';
import { OpenItems } from './open-items.ts';

afterAll(cleanUp);

const link = (from: ReturnType<typeof newDocument>, to: string, name: string) => withDependency(from, name, to);

describe('the graph around a document', () => {
  const path = temporaryFolder();
  const root = newDocument('demoNDI', { 'base.name': 'root', 'demoNDI.value': 1 });
  const middle = link(newDocument('demoNDI', { 'base.name': 'middle', 'demoNDI.value': 2 }), documentId(root), 'a');
  const leaves = [1, 2, 3].map((value) =>
    link(newDocument('demoNDI', { 'base.name': `leaf${value}`, 'demoNDI.value': value }), documentId(middle), 'b'),
  );
  const broken = link(newDocument('demoNDI', { 'base.name': 'broken', 'demoNDI.value': 4 }), 'nowhere', 'c');
  createSession({ path, reference: 'g', documents: [root, middle, ...leaves, broken] }).close();
  const open = new OpenItems();
  const graph = new DocumentGraphService(open);
  afterAll(() => open.closeAll());
  const names = (levels: number, limit = 200) =>
    graph.around({ path, id: documentId(root), levels, limit }).nodes.map((node) => node.name);

  it('grows level by level, with the counts of what is not shown', () => {
    expect(names(1)).toEqual(['root', 'middle']);
    expect(names(2)).toEqual(['root', 'middle', 'leaf1', 'leaf2', 'leaf3']);
    const { nodes, edges } = graph.around({ path, id: documentId(root), levels: 1, limit: 200 });
    expect(nodes[1]).toMatchObject({ dependencies: 1, dependents: 3, missing: false });
    expect(edges).toEqual([{ from: documentId(middle), to: documentId(root), name: 'a' }]);
  });

  it('says that it stopped', () => {
    expect(graph.around({ path, id: documentId(root), levels: 2, limit: 3 })).toMatchObject({ truncated: true });
    expect(names(2, 3)).toHaveLength(3);
  });

  it('shows what is missing, also in the middle', () => {
    const around = graph.around({ path, id: documentId(broken), levels: 1, limit: 10 });
    expect(around.nodes.map((node) => node.missing)).toEqual([false, true]);
    expect(graph.around({ path, id: 'nowhere', levels: 1, limit: 10 }).nodes).toHaveLength(2);
    expect(graph.broken(path, [])).toEqual([{ id: documentId(broken), name: 'c', missing: 'nowhere' }]);
    const unknown = () => graph.around({ path, id: 'unheard of', levels: 1, limit: 10 });
    expect(unknown).toThrow(expect.objectContaining({ code: 'document.notFound' }));
  });

  it('gives closures both ways', () => {
    const ids = [documentId(root)];
    expect(graph.closure({ path, ids, direction: 'dependents' })).toHaveLength(4);
    expect(graph.closure({ path, ids: [documentId(leaves[0]!)], direction: 'antecedents' })).toHaveLength(2);
  });
});

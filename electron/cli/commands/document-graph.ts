import type { DocumentGraphPart } from '../../../shared/contract/document-graph.ts';
import type { Command } from '../run.ts';
import { sections, table } from '../tables.ts';

interface Options {
  readonly levels: number;
  readonly all?: 'antecedents' | 'dependents';
}

export const graph: Command<Options> = async (run, [path = '', id], { levels, all }) => {
  const folder = run.path(path);
  if (id === undefined) {
    const broken = await run.call((client) => client.documentGraph.broken({ path: folder }));
    return {
      value: { broken },
      text: () =>
        broken.length === 0
          ? 'Every dependency points to a document.'
          : table(
              ['Document', 'Dependency', 'Missing'],
              broken.map((one) => [one.id, one.name, one.missing]),
            ),
    };
  }
  if (all !== undefined) {
    const documents = await run.call((client) =>
      client.documentGraph.closure({ path: folder, ids: [id], direction: all }),
    );
    return {
      value: { documents },
      text: () =>
        documents.length === 0
          ? 'None.'
          : table(
              ['Class', 'Name', 'Id'],
              documents.map((one) => [one.class, one.name, one.id]),
            ),
    };
  }
  const value = await run.call((client) => client.documentGraph.around({ path: folder, id, levels, limit: 5000 }));
  return { value, text: () => describe(value) };
};

function describe({ nodes, edges, truncated }: DocumentGraphPart): string {
  return sections(
    table(
      ['Class', 'Name', 'Depends on', 'Used by', 'Id'],
      nodes.map((one) => [one.missing ? 'missing' : one.class, one.name, one.dependencies, one.dependents, one.id]),
    ),
    edges.length === 0
      ? ''
      : table(
          ['Document', 'Dependency', 'On'],
          edges.map((one) => [one.from, one.name, one.to]),
        ),
    truncated ? 'There are more.' : '',
  );
}

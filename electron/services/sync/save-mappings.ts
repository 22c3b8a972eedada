import type { Problem } from '../../../shared/contract/common.ts';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { nodeId } from '../../ndi/time/epoch-sets.ts';
import { edgeLine } from '../../ndi/time/hops.ts';
import { mappingDocument } from '../../ndi/time/sync-documents.ts';
import type { SessionClocks } from './session-clocks.ts';

/**
 * Documents of all mappings that rules have worked out and that are not stored yet, in both directions, as NDI stores
 * them. A clock that jumps has no one line that could be stored.
 */
export function mappingsToSave({ built: { graph }, sync, session }: SessionClocks): {
  documents: NdiDocument[];
  notSaved: Problem[];
} {
  const { graphId } = sync;
  const documents: NdiDocument[] = [];
  const notSaved: Problem[] = [];
  for (const edge of graph.edges) {
    const mapping = edgeLine(edge);
    const rule = edge.link?.rule;
    const [from, to] = [graph.at(edge.from), graph.at(edge.to)];
    if (graphId === null || edge.link === null || edge.link.saved || mapping === null) continue;
    if (rule === undefined || from === undefined || to === undefined) continue;
    const state = edge.link.fit?.state;
    if (state?.ok === true && state.fit.jumps.length > 0) {
      const message = `The mapping from ${nodeId(from)} to ${nodeId(to)} is not stored: one line cannot hold the jump of the clock.`;
      notSaved.push({ grade: 'note', code: 'time.jump', message, paths: [session.path] });
      continue;
    }
    documents.push(mappingDocument({ graphId, ruleId: rule.id, cost: edge.cost, mapping, from, to }));
  }
  return { documents, notSaved };
}

import type { Problem } from '../../../shared/contract/common.ts';
import { type ClockType, parseClockType } from '../../../shared/model/clocks.ts';
import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import {
  dependencyValue,
  dependencyValues,
  documentDatestamp,
  documentId,
  listOf,
  type NdiDocument,
  objectOf,
  textOf,
  valueAt,
  withDependency,
} from '../../../shared/model/documents.ts';
import { formatProbeMap } from '../../../shared/model/epoch-probe-map.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { type TimeMapping, toMapping } from '../../../shared/model/time-mapping.ts';
import { newDocument } from '../documents/build.ts';
import type { Session } from '../session.ts';
import type { EpochNode } from './epoch-sets.ts';
import type { RuleKind } from './rules/rule.ts';
import { findRuleKind } from './rules/rule-kinds.ts';
import type { StoredRule } from './rules/stored-rule.ts';

/** A mapping that was worked out once and stored (`syncrule_mapping`). */
export interface SavedMapping {
  readonly ruleId: string;
  readonly cost: number;
  readonly mapping: TimeMapping;
  readonly a: SavedNode;
  readonly b: SavedNode;
}

interface SavedNode {
  readonly setName: string;
  readonly epochId: string;
  readonly clock: ClockType;
}

/** The sync graph of a session as its documents hold it. */
export interface StoredSync {
  /** Id of the `syncgraph` document, or null where there is none. */
  readonly graphId: string | null;
  /** In the order in which they are tried. */
  readonly rules: readonly StoredRule[];
  readonly mappings: readonly SavedMapping[];
  readonly problems: readonly Problem[];
}

/** Reads rules and stored mappings; a document that cannot be used is a problem, never an error. */
export function loadSync(session: Session): StoredSync {
  const problems: Problem[] = [];
  const graphs = session.documents({ isa: 'syncgraph' }).map((entry) => session.read(entry));
  // A change stores a new graph before the old one goes.
  const graph = graphs.sort((a, b) => (documentDatestamp(a) < documentDatestamp(b) ? 1 : -1))[0];
  if (graph === undefined) return { graphId: null, rules: [], mappings: [], problems };
  const rules = dependencyValues(graph, 'syncrule_id').flatMap((id): StoredRule[] => {
    const entry = session.entry(id);
    if (entry !== undefined) return [storedRule(session.read(entry))];
    problems.push(problem(session, `The sync graph names a rule (${id}) that the session does not hold.`));
    return [];
  });
  for (const rule of rules) if (rule.fault !== null) problems.push(problem(session, rule.fault));
  const graphId = documentId(graph);
  return { graphId, rules, mappings: savedMappings(session, graphId, problems), problems };
}

function problem(session: Session, message: string): Problem {
  return { grade: 'shouldFix', code: 'time.ruleInvalid', message, paths: [session.path] };
}

function storedRule(document: NdiDocument): StoredRule {
  const className = textOf(valueAt(document, 'syncrule.ndi_syncrule_class'));
  const parameters = objectOf(firstOf(valueAt(document, 'syncrule.parameters'))) ?? {};
  return { id: documentId(document), ...checkRule(className, parameters) };
}

const firstOf = (value: JsonValue | undefined) => (Array.isArray(value) ? value[0] : value);

function checkRule(className: string, parameters: JsonObject): Omit<StoredRule, 'id'> {
  const kind = findRuleKind(className);
  if (kind === null) {
    return { className, parameters, kind, fault: `Sync rules of the class ${className || '(none)'} are not known.` };
  }
  try {
    kind.check(parameters);
    return { className, parameters, kind, fault: null };
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    return { className, parameters, kind, fault: error.message };
  }
}

/**
 * A rule as it would be stored: what is not given takes its default.
 * @param className of NDI, or its last word
 * @throws NdiError time.ruleInvalid
 */
export function newRule(className: string, given: JsonObject): StoredRule & { readonly kind: RuleKind } {
  const kind = findRuleKind(className);
  if (kind === null) {
    throw new NdiError({
      code: 'time.ruleInvalid',
      message: `There is no sync rule “${className}”.`,
      recovery: 'Use filematch, filefind, commonTriggersOverlappingEpochs or randomPulses.',
      details: { rule: className },
    });
  }
  const parameters = { ...kind.defaults, ...given };
  kind.check(parameters);
  return { id: '', className: kind.className, parameters, kind, fault: null };
}

/** Two rules are one where class and parameters are equal. */
export function sameRule(a: StoredRule, b: StoredRule): boolean {
  const text = ({ parameters }: StoredRule) =>
    JSON.stringify(Object.entries(parameters).sort(([x], [y]) => (x < y ? -1 : 1)));
  return a.className.toLowerCase() === b.className.toLowerCase() && text(a) === text(b);
}

function savedMappings(session: Session, graphId: string, problems: Problem[]): SavedMapping[] {
  const entries = session.documents({ isa: 'syncrule_mapping', dependsOn: { name: 'syncgraph_id', id: graphId } });
  return entries.flatMap((entry) => {
    const document = session.read(entry);
    const field = (name: string) => valueAt(document, `syncrule_mapping.${name}`);
    try {
      const cost = Number(field('cost'));
      if (!(cost >= 0)) throw unusable(`Its cost is ${cost}.`, 'Costs are 0 or more.');
      const mapping = toMapping(listOf(field('mapping')).flat());
      if (mapping.length === 2 && !(Number(mapping[0]) > 0)) {
        throw unusable('By it a clock stands still or runs backwards.', 'Remove it, and store the mappings again.');
      }
      return [
        {
          ruleId: dependencyValue(document, 'syncrule_id'),
          cost,
          mapping,
          a: savedNode(objectOf(firstOf(field('epochnode_a'))) ?? {}),
          b: savedNode(objectOf(firstOf(field('epochnode_b'))) ?? {}),
        },
      ];
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      problems.push(problem(session, `The stored time mapping ${entry.id} is left out: ${error.message}`));
      return [];
    }
  });
}

function savedNode(node: JsonObject): SavedNode {
  return {
    setName: textOf(node['objectname']),
    epochId: textOf(node['epoch_id']),
    clock: parseClockType(textOf(node['epoch_clock'])),
  };
}

function unusable(message: string, recovery: string): NdiError {
  return new NdiError({ code: 'time.mappingInvalid', message, recovery });
}

/**
 * What changes when the rules of a session become these, as NDI does it: a new `syncgraph` document names them all, in
 * their order; the old one goes, and with it the mappings that were stored for it. Rules that have an id stay. Without
 * rules there is no graph: the document's schema wants one, and NDI makes its own when it finds none.
 */
export function rulesChange(session: Session, rules: readonly StoredRule[]): { add: NdiDocument[]; remove: string[] } {
  const fresh: NdiDocument[] = [];
  const ids = rules.map((rule) => {
    if (rule.id !== '') return rule.id;
    const document = newDocument('syncrule', {
      'syncrule.ndi_syncrule_class': rule.className,
      'syncrule.parameters': rule.parameters,
    });
    fresh.push(document);
    return documentId(document);
  });
  const graph = ids.reduce(
    (document, id, at) => withDependency(document, `syncrule_id_${at + 1}`, id),
    newDocument('syncgraph', { 'syncgraph.ndi_syncgraph_class': 'ndi.time.syncgraph' }),
  );
  const old = session.documents({ isa: 'syncgraph' }).map(({ id }) => id);
  const unused = session.documents({ isa: 'syncrule' }).map(({ id }) => id);
  const add = ids.length === 0 ? [] : [...fresh, graph];
  return { add, remove: session.removal([...old, ...unused.filter((id) => !ids.includes(id))]) };
}

/** Makes these the rules of a session that is open for writing, as {@link rulesChange} tells. */
export function writeRules(session: Session, rules: readonly StoredRule[]): void {
  session.change(rulesChange(session, rules));
}

/** A mapping between two nodes as a document (reference, section 19.6). */
export function mappingDocument(request: {
  graphId: string;
  ruleId: string;
  cost: number;
  mapping: TimeMapping;
  from: EpochNode;
  to: EpochNode;
}): NdiDocument {
  const document = newDocument('syncrule_mapping', {
    'syncrule_mapping.cost': request.cost,
    'syncrule_mapping.mapping': [...request.mapping],
    'syncrule_mapping.epochnode_a': storedNode(request.from),
    'syncrule_mapping.epochnode_b': storedNode(request.to),
  });
  return withDependency(withDependency(document, 'syncgraph_id', request.graphId), 'syncrule_id', request.ruleId);
}

function storedNode(node: EpochNode): JsonObject {
  return {
    epoch_id: node.epoch.epochId,
    epoch_session_id: node.epoch.sessionId,
    epochprobemap: formatProbeMap(node.epoch.probeMap),
    epoch_clock: node.clock,
    t0_t1: [node.t0, node.t1],
    objectname: node.set.name,
    objectclass: node.set.className,
  };
}

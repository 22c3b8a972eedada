import type { RulePreview } from '../../../shared/contract/sync.ts';
import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { DocumentChange } from '../../ndi/database/change.ts';
import { newRule, rulesChange, sameRule } from '../../ndi/time/sync-documents.ts';
import { fitInfo, ruleInfo, ruleName } from './answers.ts';
import type { SessionClocks } from './session-clocks.ts';

/** A rule as somebody asks for it. */
export interface RuleRequest {
  readonly class: string;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}

/** Fits that a preview works out. */
const MOST_PREVIEWED = 50;

/**
 * What a rule would relate, without keeping it.
 * @throws NdiError time.ruleInvalid
 */
export async function previewRule(
  { context }: SessionClocks,
  request: RuleRequest,
  signal?: AbortSignal,
): Promise<RulePreview> {
  const rule = newRule(request.class, jsonParameters(request.parameters));
  const outcome = await rule.kind.pairs(rule.parameters, context);
  const links: RulePreview['links'] = [];
  for (const { a, b, clock, fit } of outcome.pairs.slice(0, MOST_PREVIEWED)) {
    signal?.throwIfAborted();
    const state = await fit.find();
    links.push({
      a: { device: a.set.name, epochId: a.epoch.epochId },
      b: { device: b.set.name, epochId: b.epoch.epochId },
      clock,
      fit: state.ok ? fitInfo(state.fit) : null,
      reason: state.ok ? null : state.why,
    });
  }
  return { rule: ruleInfo(rule, outcome), links, linksNotShown: outcome.pairs.length - links.length };
}

/**
 * The documents that change when a rule comes or goes; null where nothing does.
 * @throws NdiError time.ruleInvalid, document.notFound
 */
export function changedRules(
  { session, sync }: SessionClocks,
  change: { add: RuleRequest } | { remove: string },
): { documents: DocumentChange; title: string } | null {
  if ('add' in change) {
    const rule = newRule(change.add.class, jsonParameters(change.add.parameters));
    if (sync.rules.some((known) => sameRule(known, rule))) return null;
    return { documents: rulesChange(session, [...sync.rules, rule]), title: `Add the sync rule ${ruleName(rule)}` };
  }
  const gone = sync.rules.find(({ id }) => id === change.remove);
  if (gone === undefined) {
    throw new NdiError({
      code: 'document.notFound',
      message: `The session’s sync graph has no rule ${change.remove}.`,
      recovery: 'List its rules with “ndi sync-rules”.',
      details: { id: change.remove },
    });
  }
  const rules = sync.rules.filter((rule) => rule !== gone);
  return { documents: rulesChange(session, rules), title: `Remove the sync rule ${ruleName(gone)}` };
}

/** What came over a wall is JSON; anything else in it is no parameter. */
function jsonParameters(given: RuleRequest['parameters'] = {}): JsonObject {
  return JSON.parse(JSON.stringify(given)) as Record<string, JsonValue>;
}

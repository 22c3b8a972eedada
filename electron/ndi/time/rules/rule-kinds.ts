import { sameClass } from '../../daq/navigator.ts';
import { filefind, filematch } from './file-rules.ts';
import { commonTriggers, randomPulses } from './pulse-rules.ts';
import type { RuleKind } from './rule.ts';

/** The sync rules of NDI. */
export const ruleKinds: readonly RuleKind[] = [filematch, filefind, commonTriggers, randomPulses];

/** The kind of a class of NDI (`ndi.time.syncrule.filematch`) or of its last word, or null. */
export function findRuleKind(name: string): RuleKind | null {
  const lower = name.toLowerCase();
  return ruleKinds.find((kind) => sameClass(kind.className, name) || kind.name.toLowerCase() === lower) ?? null;
}

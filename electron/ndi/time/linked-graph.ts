import { type EpochSet, keepingEpochs } from './epoch-sets.ts';
import type { LazyFit } from './graph/clock-fit.ts';
import { SyncGraph } from './graph/sync-graph.ts';
import { linkEpochs } from './link-epochs.ts';
import type { RuleContext, RulePair } from './rules/rule.ts';
import type { StoredRule } from './rules/stored-rule.ts';
import { sameRule, type SavedMapping, type StoredSync } from './sync-documents.ts';

/** What one rule relates. */
export interface RuleOutcome {
  readonly pairs: readonly RulePair[];
  /** Why it relates nothing, or null. */
  readonly reason: string | null;
}

/** What relates two epochs, whichever is named first. */
interface Relations {
  readonly byRule: Map<StoredRule, RulePair>;
  readonly saved: SavedMapping[];
}

/**
 * The sync graph of DAQ systems under a session's rules and stored mappings. It is brought from state to state: what did
 * not change stays as it is, with all that was worked out about it. A rule looks for pairs again only when it is new or
 * when an epoch of its devices has changed; a fit is made again only when an epoch of those that it joins has changed.
 */
export class LinkedGraph {
  readonly graph = new SyncGraph();
  #devices: readonly EpochSet[] = [];
  #rules: readonly StoredRule[] = [];
  #outcomes = new Map<StoredRule, RuleOutcome>();
  #relations = new Map<string, Relations>();
  #mappings = '[]';

  /** The DAQ systems as they are in the graph. */
  get devices(): readonly EpochSet[] {
    return this.#devices;
  }

  /** The rules as they are in the graph, in their order. */
  get rules(): readonly StoredRule[] {
    return this.#rules;
  }

  /** By position of the rule. */
  get outcomes(): readonly RuleOutcome[] {
    return this.#rules.map((rule) => this.#outcomes.get(rule) ?? { pairs: [], reason: null });
  }

  /**
   * Brings the graph to another state. Probes and elements leave it where anything about the devices has changed.
   * @param contextOf what rules look at, over the devices given to it
   */
  async update(
    given: readonly EpochSet[],
    sync: StoredSync,
    contextOf: (devices: readonly EpochSet[]) => RuleContext,
  ): Promise<void> {
    const before = new Map(this.#devices.map((set) => [set.name, set]));
    const devices = given.map((set) => keepingEpochs(set, before.get(set.name)));
    const changed = changedSets(this.#devices, devices);
    const rules = sync.rules.map(
      (rule) => this.#rules.find((old) => old.id === rule.id && sameRule(old, rule)) ?? rule,
    );
    const sameRules = rules.length === this.#rules.length && rules.every((rule, at) => rule === this.#rules[at]);
    if (changed.size === 0 && sameRules && JSON.stringify(sync.mappings) === this.#mappings) return;
    const context = contextOf(devices);
    const outcomes = new Map<StoredRule, RuleOutcome>();
    for (const rule of rules) outcomes.set(rule, await this.#outcome(rule, changed, context));
    // Nothing below waits: whoever asks meanwhile sees one state or the other.
    this.#putDevices(devices, changed);
    this.#putLinks(rules, outcomes, sync.mappings, changed.size > 0);
    this.#mappings = JSON.stringify(sync.mappings);
  }

  /** Takes out probes and elements, which come in again when somebody asks about them. */
  removeDerived(): void {
    for (const { name, kind } of [...this.graph.sets.values()]) if (kind === 'derived') this.graph.removeSet(name);
  }

  async #outcome(rule: StoredRule, changed: ReadonlySet<string>, context: RuleContext): Promise<RuleOutcome> {
    if (rule.kind === null || rule.fault !== null) return { pairs: [], reason: rule.fault };
    const known = this.#outcomes.get(rule);
    const names = rule.kind.devices(rule.parameters);
    const concerned = names.length === 0 ? changed.size > 0 : names.some((name) => changed.has(name.toLowerCase()));
    if (known !== undefined && !concerned) return known;
    const fresh = await rule.kind.pairs(rule.parameters, context);
    return known === undefined ? fresh : { ...fresh, pairs: keepingFits(fresh.pairs, known.pairs) };
  }

  #putDevices(devices: readonly EpochSet[], changed: ReadonlySet<string>): void {
    if (changed.size === 0) return;
    this.removeDerived();
    const inOrder = isContinued(this.#devices, devices);
    for (const { name } of this.#devices) {
      if (!inOrder || !devices.some((set) => set.name === name)) this.graph.removeSet(name);
    }
    for (const set of devices) if (changed.has(set.name.toLowerCase())) this.graph.putSet(set);
    if (!inOrder) this.#relations.clear();
    this.#devices = devices;
  }

  #putLinks(
    rules: readonly StoredRule[],
    outcomes: Map<StoredRule, RuleOutcome>,
    mappings: readonly SavedMapping[],
    epochsChanged: boolean,
  ): void {
    const stay = this.#rules.filter((rule) => rules.includes(rule));
    const reordered = stay.some((rule, at) => rules.indexOf(rule) !== at);
    const relations = relationsOf(rules, outcomes, mappings);
    for (const key of new Set([...this.#relations.keys(), ...relations.keys()])) {
      const [old, now] = [this.#relations.get(key), relations.get(key)];
      // Epochs of stored mappings alone are not among the pairs whose objects tell a change.
      const unsure = epochsChanged && (old?.saved.length ?? 0) + (now?.saved.length ?? 0) > 0;
      if (!reordered && !unsure && sameRelations(old, now)) continue;
      if (old !== undefined) this.#unlink(key);
      if (now !== undefined) linkEpochs(this.graph, rules, now.byRule, now.saved);
    }
    this.#rules = rules;
    this.#outcomes = outcomes;
    this.#relations = relations;
  }

  #unlink(key: string): void {
    const [a, b] = key.split('\n\n').map((place) => {
      const [setName = '', epochId = ''] = place.split('\n');
      return this.graph.nodesOf(setName, epochId);
    });
    this.graph.removeLinks(a ?? [], b ?? []);
  }
}

/** Whether devices that stay are in their old order, before those that are new. */
function isContinued(before: readonly EpochSet[], after: readonly EpochSet[]): boolean {
  const stay = before.filter(({ name }) => after.some((set) => set.name === name));
  return stay.every(({ name }, at) => after[at]?.name === name);
}

/** Names (lower case) of the devices that came, went, or have other epochs; of all where they are in another order. */
function changedSets(before: readonly EpochSet[], after: readonly EpochSet[]): Set<string> {
  if (!isContinued(before, after)) return new Set([...before, ...after].map(({ name }) => name.toLowerCase()));
  const changed = new Set<string>();
  for (const set of before) if (!after.some(({ name }) => name === set.name)) changed.add(set.name.toLowerCase());
  for (const set of after) {
    const old = before.find(({ name }) => name === set.name);
    const same =
      old?.className === set.className &&
      old.epochs.length === set.epochs.length &&
      old.epochs.every((epoch, at) => epoch === set.epochs[at]);
    if (!same) changed.add(set.name.toLowerCase());
  }
  return changed;
}

/** The pairs with the fits that were there before, where one joins the same epochs as it did. A failed one is tried again. */
function keepingFits(fresh: readonly RulePair[], known: readonly RulePair[]): RulePair[] {
  const knownPairs = new Map(known.map((pair) => [pairKey(pair), pair]));
  const sizes = new Map<LazyFit, number>();
  for (const { fit } of known) sizes.set(fit, (sizes.get(fit) ?? 0) + 1);
  return [...Map.groupBy(fresh, ({ fit }) => fit).values()].flatMap((group) => {
    const old = group.map((pair) => {
      const before = knownPairs.get(pairKey(pair));
      const same = before?.a.epoch === pair.a.epoch && before.b.epoch === pair.b.epoch && before.clock === pair.clock;
      return same ? before.fit : null;
    });
    const [fit] = old;
    if (fit === null || fit === undefined || fit.state?.ok === false) return group;
    const whole = old.every((one) => one === fit) && sizes.get(fit) === group.length;
    return whole ? group.map((pair) => ({ ...pair, fit })) : group;
  });
}

function relationsOf(
  rules: readonly StoredRule[],
  outcomes: ReadonlyMap<StoredRule, RuleOutcome>,
  mappings: readonly SavedMapping[],
): Map<string, Relations> {
  const relations = new Map<string, Relations>();
  const of = (key: string): Relations => {
    const known = relations.get(key) ?? { byRule: new Map<StoredRule, RulePair>(), saved: [] };
    relations.set(key, known);
    return known;
  };
  for (const rule of rules) {
    for (const pair of outcomes.get(rule)?.pairs ?? []) of(pairKey(pair)).byRule.set(rule, pair);
  }
  for (const mapping of mappings) {
    const [a, b] = [mapping.a, mapping.b].map(({ setName, epochId }) => `${setName}\n${epochId}`);
    of(unordered(a ?? '', b ?? '')).saved.push(mapping);
  }
  return relations;
}

function sameRelations(a: Relations | undefined, b: Relations | undefined): boolean {
  if (a === undefined || b === undefined || a.byRule.size !== b.byRule.size) return false;
  for (const [rule, pair] of a.byRule) {
    const other = b.byRule.get(rule);
    const same =
      other?.fit === pair.fit &&
      other.clock === pair.clock &&
      other.a.epoch === pair.a.epoch &&
      other.b.epoch === pair.b.epoch;
    if (!same) return false;
  }
  return a.saved.length === b.saved.length && JSON.stringify(a.saved) === JSON.stringify(b.saved);
}

const pairKey = ({ a, b }: RulePair) =>
  unordered(`${a.set.name}\n${a.epoch.epochId}`, `${b.set.name}\n${b.epoch.epochId}`);

const unordered = (a: string, b: string) => (a < b ? `${a}\n\n${b}` : `${b}\n\n${a}`);

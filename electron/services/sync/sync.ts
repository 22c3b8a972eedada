import type { CallInputs, CallOutputs } from '../../../shared/contract/contract.ts';
import type { SyncRuleInfo } from '../../../shared/contract/sync.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { LazyFit } from '../../ndi/time/graph/clock-fit.ts';
import { nodeId } from '../../ndi/time/epoch-sets.ts';
import type { Finding } from '../../ndi/time/finding.ts';
import { clockHealth } from '../../ndi/time/health.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import type { EditService } from '../edits/edits.ts';
import { mergeProblems } from '../merge-problems.ts';
import type { OpenItems } from '../open-items.ts';
import { chooseElementEpoch } from '../element-source.ts';
import { chooseEpoch } from '../session-epochs.ts';
import {
  convertedInfo,
  edgeInfos,
  findingProblem,
  fitInfo,
  hopInfo,
  nodeInfo,
  pathError,
  ruleInfo,
} from './answers.ts';
import { ClockStates } from './clock-states.ts';
import { mappingsToSave } from './save-mappings.ts';
import { changedRules, previewRule, type RuleRequest } from './rules.ts';
import { findPlace, sampledEpoch, type SessionClocks } from './session-clocks.ts';
import { placeEpochs } from './place-epochs.ts';
import { ElementTables, ownClock } from '../../ndi/epochs/element-signals.ts';
import { derivedName } from '../../ndi/time/session-sets.ts';
import { signalTimes } from './signal-times.ts';
import { stampFindings } from './stamps.ts';

type Inputs = CallInputs['sync'];
type Outputs = CallOutputs['sync'];
interface Place {
  readonly path: string;
  readonly sessionId?: string | undefined;
}

/** Problems of the graph listed in full; a session of thousands of epochs repeats itself. */
const MOST_FINDINGS = 2000;
/** Links worked out side by side: enough to keep the threads that read busy. */
const FITS_TOGETHER = 8;

/** One time base for the devices of a session: the sync graph, its rules, and times from clock to clock. */
export class SyncService {
  readonly #states: ClockStates;
  readonly #edits: EditService;

  constructor(items: OpenItems, workers: DataWorkers, edits: EditService) {
    this.#states = new ClockStates(items, workers);
    this.#edits = edits;
  }

  /** @throws NdiError session.*, path.*, database.* */
  async graph({ path, sessionId, derived = false }: Inputs['graph'], signal?: AbortSignal): Promise<Outputs['graph']> {
    const clocks = await this.#states.of(path, sessionId);
    if (derived) for (const name of clocks.derived.names()) findPlace(clocks, { device: name, clock: 'no_time' });
    await resolveAll(clocks, signal);
    const { graph } = clocks.built;
    const findings = await this.#findings(clocks, signal);
    return {
      nodes: graph.nodes.filter((node) => derived || node.set.kind === 'device').map(nodeInfo),
      ...edgesOf(clocks, derived),
      rules: rulesOf(clocks),
      problems: mergeProblems([
        ...clocks.problems,
        ...findings.map((finding) => findingProblem(finding, clocks.session.path)),
      ]),
    };
  }

  async health({ path, sessionId }: Inputs['health'], signal?: AbortSignal): Promise<Outputs['health']> {
    const clocks = await this.#states.of(path, sessionId);
    await resolveAll(clocks, signal);
    const findings = await this.#findings(clocks, signal);
    return findings.map((finding) => ({ ...finding, nodes: [...finding.nodes] }));
  }

  /** @throws NdiError epoch.notFound, session.* */
  async epoch({ path, sessionId, device, epochId }: Inputs['epoch']): Promise<Outputs['epoch']> {
    const clocks = await this.#states.of(path, sessionId);
    const { epoch } = findPlace(clocks, { device, epoch: epochId, clock: 'no_time' });
    const finite = (time: number) => (Number.isFinite(time) ? time : null);
    return {
      clocks: (epoch?.clocks ?? []).map(({ type, t0, t1 }) => ({ type, t0: finite(t0), t1: finite(t1) })),
      files: [...(epoch?.files ?? [])],
    };
  }

  /** @throws NdiError time.*, epoch.notFound, session.* */
  async convert({ path, sessionId, time, from, to }: Inputs['convert']): Promise<Outputs['convert']> {
    const clocks = await this.#states.of(path, sessionId);
    const request = { from: findPlace(clocks, from), to: findPlace(clocks, to) };
    const converted = await clocks.converter.convert(request, time);
    const files = this.#states.files(clocks.session);
    const sample = await files.nearestSample(sampledEpoch(clocks, converted.node), converted.timeSec);
    return { ...convertedInfo(converted, time), sample };
  }

  /** @throws NdiError as `convert`, where the first failure is that of every time */
  async convertMany({ path, sessionId, times, from, to }: Inputs['convertMany']): Promise<Outputs['convertMany']> {
    const clocks = await this.#states.of(path, sessionId);
    const request = { from: findPlace(clocks, from), to: findPlace(clocks, to) };
    const epochIds: string[] = [];
    const answer: { times: (number | null)[]; epochs: number[] } = { times: [], epochs: [] };
    let first: Outputs['convertMany']['path'] | null = null;
    let errorSec: number | null = null;
    let failure: NdiError | null = null;
    for (const time of times) {
      try {
        const { timeSec, node, hops } = await clocks.converter.convert(request, time);
        let at = epochIds.indexOf(node.epoch.epochId);
        if (at < 0) at = epochIds.push(node.epoch.epochId) - 1;
        answer.times.push(timeSec);
        answer.epochs.push(at);
        if (first === null) {
          first = hops.map(hopInfo);
          errorSec = pathError(hops);
        }
      } catch (error) {
        if (!(error instanceof NdiError)) throw error;
        failure ??= error;
        answer.times.push(null);
        answer.epochs.push(-1);
      }
    }
    if (first === null && failure !== null) throw failure;
    return { ...answer, epochIds, path: first ?? [], errorSec };
  }

  /** @throws NdiError time.*, epoch.notFound, session.* */
  async signalTimes({ source, to }: Inputs['signalTimes']): Promise<Outputs['signalTimes']> {
    const clocks = await this.#states.of(source.path, source.sessionId);
    if (source.element === undefined) {
      return signalTimes(clocks, chooseEpoch(clocks.epochs, source.device, source.epoch), to);
    }
    const element = new ElementTables(clocks.session, clocks.epochs).find(source.element);
    const epoch = chooseElementEpoch(element, source);
    const device = derivedName(element.isProbe ? 'probe' : 'element', element);
    // The epoch's own clock is that of its stored times.
    return signalTimes(clocks, { device, epochId: epoch.epochId, clocks: [ownClock(epoch.clocks)] }, to);
  }

  /** @throws NdiError epoch.notFound, session.* */
  async placeEpochs(
    { path, sessionId, device, clock }: Inputs['placeEpochs'],
    signal?: AbortSignal,
  ): Promise<Outputs['placeEpochs']> {
    return placeEpochs(await this.#states.of(path, sessionId), { device, clock }, signal);
  }

  async rules({ path, sessionId }: Inputs['rules']): Promise<SyncRuleInfo[]> {
    return rulesOf(await this.#states.of(path, sessionId));
  }

  /** @throws NdiError time.ruleInvalid */
  async preview({ path, sessionId, rule }: Inputs['preview'], signal?: AbortSignal): Promise<Outputs['preview']> {
    return previewRule(await this.#states.of(path, sessionId), rule, signal);
  }

  /** @throws NdiError time.ruleInvalid, database.*, path.readOnly */
  async addRule({ path, sessionId, rule }: Inputs['addRule']): Promise<SyncRuleInfo[]> {
    return this.#changeRules({ path, sessionId }, { add: rule });
  }

  /** @throws NdiError document.notFound, database.*, path.readOnly */
  async removeRule({ path, sessionId, id }: Inputs['removeRule']): Promise<SyncRuleInfo[]> {
    return this.#changeRules({ path, sessionId }, { remove: id });
  }

  /** @throws NdiError database.*, path.readOnly */
  async saveMappings(place: Inputs['saveMappings'], signal?: AbortSignal): Promise<Outputs['saveMappings']> {
    const clocks = await this.#states.of(place.path, place.sessionId);
    await resolveAll(clocks, signal);
    const { documents, notSaved } = mappingsToSave(clocks);
    if (documents.length > 0) {
      const target = { path: clocks.session.path, sessionId: place.sessionId };
      await this.#edits.change(target, { add: documents }, `Store ${documents.length} time mappings`);
    }
    return { saved: documents.length, notSaved };
  }

  /** @throws NdiError time.noFit where no rule joins the two */
  async fit({ path, sessionId, from, to }: Inputs['fit']): Promise<Outputs['fit']> {
    const clocks = await this.#states.of(path, sessionId);
    const { graph } = clocks.built;
    const ids = (index: number) => nodeId(graph.at(index) ?? never());
    for (const { from: start, to: end, link, reversed } of graph.edges) {
      if (link === null || ids(start) !== from || ids(end) !== to) continue;
      const state = await link.fit?.find();
      if (state?.ok !== true) continue;
      const outcome = clocks.built.outcomes[clocks.built.rules.indexOf(link.rule)];
      return {
        rule: ruleInfo(link.rule, outcome),
        first: reversed ? to : from,
        second: reversed ? from : to,
        fit: fitInfo(state.fit),
        residuals: state.fit.residuals.map(([time, residual, ofLine]) => [time, residual, ofLine]),
      };
    }
    throw new NdiError({
      code: 'time.noFit',
      message: `No sync rule joins ${from} and ${to} by a fit.`,
      recovery: 'Choose two nodes that a rule joins.',
      details: { from, to },
    });
  }

  async #changeRules(place: Place, change: { add: RuleRequest } | { remove: string }): Promise<SyncRuleInfo[]> {
    const clocks = await this.#states.of(place.path, place.sessionId);
    const changed = changedRules(clocks, change);
    if (changed !== null) {
      const target = { path: clocks.session.path, sessionId: place.sessionId };
      await this.#edits.change(target, changed.documents, changed.title);
    }
    return this.rules({ path: place.path, ...(place.sessionId === undefined ? {} : { sessionId: place.sessionId }) });
  }

  async #findings(clocks: SessionClocks, signal?: AbortSignal): Promise<Finding[]> {
    const files = this.#states.files(clocks.session);
    const found = [...clockHealth(clocks.built, clocks.sync), ...(await stampFindings(clocks, files, signal))];
    const rank = { blocks: 0, shouldFix: 1, note: 2 };
    return found.sort((a, b) => rank[a.grade] - rank[b.grade]).slice(0, MOST_FINDINGS);
  }
}

function rulesOf({ sync, built }: SessionClocks): SyncRuleInfo[] {
  return sync.rules.map((rule, at) => ruleInfo(rule, built.outcomes[at]));
}

function edgesOf(
  { built: { graph } }: SessionClocks,
  derived: boolean,
): Pick<Outputs['graph'], 'edges' | 'edgesNotListed'> {
  const { edges, edgesNotListed } = edgeInfos(graph);
  if (derived) return { edges, edgesNotListed };
  // Probes and elements that somebody asked about are in the graph, but were not asked for here.
  const devices = new Set(graph.nodes.filter(({ set }) => set.kind === 'device').map((node) => nodeInfo(node).id));
  return { edges: edges.filter(({ from, to }) => devices.has(from) && devices.has(to)), edgesNotListed };
}

/** Works out every link of the graph. */
async function resolveAll({ built: { outcomes } }: SessionClocks, signal?: AbortSignal): Promise<void> {
  const fits = new Set<LazyFit>(outcomes.flatMap(({ pairs }) => pairs.map(({ fit }) => fit)));
  const open = [...fits].filter(({ state }) => state === null);
  for (let at = 0; at < open.length; at += FITS_TOGETHER) {
    signal?.throwIfAborted();
    await Promise.all(open.slice(at, at + FITS_TOGETHER).map((fit) => fit.find()));
  }
}

function never(): never {
  throw new RangeError('An edge names a node that is not in the graph.');
}

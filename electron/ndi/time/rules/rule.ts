import type { ClockType } from '../../../../shared/model/clocks.ts';
import type { JsonObject } from '../../../../shared/model/document-json.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import type { EpochSet, SetEpoch } from '../epoch-sets.ts';
import type { ClockFit, FitState, LazyFit } from '../graph/clock-fit.ts';

/** What rules look at. */
export interface RuleContext {
  readonly devices: readonly EpochSet[];
  /**
   * Times of all events of a channel in an epoch, on the epoch's first clock.
   * @throws NdiError where they cannot be read
   */
  eventTimes(set: EpochSet, epoch: SetEpoch, channel: string): Promise<readonly number[]>;
  /** Where the stamps of an epoch's samples step: the device's own account of a jump. */
  stampSteps(set: EpochSet, epoch: SetEpoch): Promise<readonly StampStep[]>;
  /** A small text file, or null where there is none. */
  readText(path: string): string | null;
}

/** The time stamp of a sample and of the next, more than a sample apart. */
export interface StampStep {
  readonly beforeSec: number;
  readonly afterSec: number;
}

export interface EpochOf {
  readonly set: EpochSet;
  readonly epoch: SetEpoch;
}

/** Two epochs that a rule relates; the mapping goes from `a` to `b`. */
export interface RulePair {
  readonly a: EpochOf;
  readonly b: EpochOf;
  /** Null for every clock that both have. */
  readonly clock: ClockType | null;
  readonly fit: LazyFit;
}

/** One kind of sync rule of NDI, bound to its parameters. */
export interface RuleKind {
  readonly className: string;
  /** One word for people and answers: `filematch`. */
  readonly name: string;
  readonly defaults: JsonObject;
  /** @throws NdiError time.ruleInvalid for parameters that are not those of the rule */
  check(parameters: JsonObject): void;
  /** Names of the two devices where the rule is about two. */
  devices(parameters: JsonObject): readonly string[];
  /** The epochs that it relates, and why where it relates none. Files are read later, when a fit is asked for. */
  pairs(parameters: JsonObject, context: RuleContext): Promise<{ pairs: RulePair[]; reason: string | null }>;
}

/** A fit that is known already. */
export function knownFit(fit: ClockFit): LazyFit {
  const state: FitState = { ok: true, fit };
  return { state, find: () => Promise.resolve(state), onFailure: () => undefined };
}

/** A fit that is found when it is first asked for. What fails with an NdiError is a fit that could not be made. */
export function laterFit(work: () => Promise<ClockFit> | ClockFit): LazyFit {
  let running: Promise<FitState> | null = null;
  const listeners: (() => void)[] = [];
  const lazy: LazyFit = {
    state: null,
    find() {
      running ??= attempt(work).then((state) => {
        lazy.state = state;
        if (!state.ok) for (const listener of listeners) listener();
        listeners.length = 0;
        return state;
      });
      return running;
    },
    onFailure(listener) {
      if (lazy.state === null) listeners.push(listener);
    },
  };
  return lazy;
}

async function attempt(work: () => Promise<ClockFit> | ClockFit): Promise<FitState> {
  try {
    return { ok: true, fit: await work() };
  } catch (error) {
    if (error instanceof NdiError && error.code !== 'app.cancelled') return { ok: false, why: error.message };
    throw error;
  }
}

/** The devices of the given names, or which of them is missing. */
export function namedDevices(context: RuleContext, names: readonly string[]): EpochSet[] | string {
  const found = names.map((name) => context.devices.find((set) => set.name.toLowerCase() === name.toLowerCase()));
  const missing = names.filter((_, at) => found[at] === undefined);
  if (missing.length > 0) return `There is no DAQ system named “${missing.join('” or “')}”.`;
  return found.filter((set) => set !== undefined);
}

import { type ClockType, parseClockType } from '../../../../shared/model/clocks.ts';
import type { JsonObject } from '../../../../shared/model/document-json.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { defaultParameters } from '../../../../shared/model/sync-rules.ts';
import type { EpochSet, SetEpoch } from '../epoch-sets.ts';
import { fitCommonPulses, fitRandomPulses } from '../pulses/fit-pulses.ts';
import { placeJumps } from '../pulses/place-jumps.ts';
import { randomRunKeys } from '../pulses/trigger-trains.ts';
import type { ClockFit } from '../graph/clock-fit.ts';
import { checkParameters, textParameter } from './parameters.ts';
import { laterFit, namedDevices, type EpochOf, type RuleContext, type RuleKind } from './rule.ts';
import { epochsInFoldersOf, type SharedFiles } from './shared-files.ts';

const pulseDevices = (parameters: JsonObject) => [
  textParameter(parameters, 'daqsystem1_name'),
  textParameter(parameters, 'daqsystem2_name'),
];

/**
 * Pulses that two devices saw, in epochs whose files lie in folders of each other (reference, section 21.3). Epochs that
 * hang together over others are fitted as one.
 */
export const commonTriggers: RuleKind = {
  className: 'ndi.time.syncrule.commonTriggersOverlappingEpochs',
  name: 'commonTriggersOverlappingEpochs',
  defaults: defaultParameters('commonTriggersOverlappingEpochs'),
  check: (parameters) => checkParameters('commonTriggersOverlappingEpochs', parameters),
  devices: pulseDevices,
  pairs(parameters, context) {
    const [devices, reason] = pulseSystems(parameters, context);
    if (devices === null) return Promise.resolve({ pairs: [], reason });
    const least = Number(parameters['minEmbeddedFileOverlap']);
    const clock = clockOf(parameters);
    const overlapping = epochsInFoldersOf(...devices, least).filter(
      ({ a, b }) => hasClock(a.epoch, clock) && hasClock(b.epoch, clock),
    );
    const pairs = groupsOf(overlapping).flatMap((group) => {
      const fit = laterFit(() => fitGroup(group, parameters, context));
      return group.map(({ a, b }) => ({ a, b, clock, fit }));
    });
    const none = `No epochs of the two devices have at least ${least} files in each other’s folders on the clock ${clock}.`;
    return Promise.resolve({ pairs, reason: pairs.length === 0 ? none : null });
  },
};

/** Pulses at random intervals that two devices saw, wherever they lie (reference, section 21.4). */
export const randomPulses: RuleKind = {
  className: 'ndi.time.syncrule.randomPulses',
  name: 'randomPulses',
  defaults: defaultParameters('randomPulses'),
  check: (parameters) => checkParameters('randomPulses', parameters),
  devices: pulseDevices,
  async pairs(parameters, context) {
    const [devices, reason] = pulseSystems(parameters, context);
    if (devices === null) return { pairs: [], reason };
    const clock = clockOf(parameters);
    const [first, second] = await Promise.all([
      readTrains(devices[0], textParameter(parameters, 'daqsystem_ch1'), clock, context),
      readTrains(devices[1], textParameter(parameters, 'daqsystem_ch2'), clock, context),
    ]);
    const problems = [...first.problems, ...second.problems];
    const pairs = trainsWithCommonRuns(first.trains, second.trains).map(([one, other]) => {
      const fit = laterFit(() => fitRandomPulses({ first: one.times, second: other.times }));
      return { a: one.of, b: other.of, clock, fit };
    });
    const none = problems[0] ?? 'No epochs of the two devices have a run of random pulses in common.';
    return { pairs, reason: pairs.length === 0 ? none : null };
  },
};

function pulseSystems(parameters: JsonObject, context: RuleContext): [[EpochSet, EpochSet], null] | [null, string] {
  const named = namedDevices(context, pulseDevices(parameters));
  if (typeof named === 'string') return [null, named];
  const [first, second] = named;
  if (first === undefined || second === undefined || first === second)
    return [null, 'A rule needs two different devices.'];
  return [[first, second], null];
}

const clockOf = (parameters: JsonObject): ClockType => parseClockType(textParameter(parameters, 'epochclocktype'));
const hasClock = (epoch: SetEpoch, clock: ClockType) => epoch.clocks.some(({ type }) => type === clock);

/** Pairs that hang together. */
function groupsOf(pairs: readonly SharedFiles[]): SharedFiles[][] {
  const groups = new Map<SetEpoch, { pairs: SharedFiles[] }>();
  for (const pair of pairs) {
    const [a, b] = [groups.get(pair.a.epoch), groups.get(pair.b.epoch)];
    const joined = a ?? b ?? { pairs: [] };
    if (a !== undefined && b !== undefined && a !== b) {
      a.pairs.push(...b.pairs);
      for (const moved of b.pairs) for (const { epoch } of [moved.a, moved.b]) groups.set(epoch, a);
    }
    joined.pairs.push(pair);
    groups.set(pair.a.epoch, joined);
    groups.set(pair.b.epoch, joined);
  }
  return [...new Set(groups.values())].map((group) => group.pairs);
}

async function fitGroup(
  group: readonly SharedFiles[],
  parameters: JsonObject,
  context: RuleContext,
): Promise<ClockFit> {
  const read = async (side: 'a' | 'b', channel: string) => {
    const members = [...new Map(group.map((pair) => [pair[side].epoch, pair[side]])).values()];
    members.sort((x, y) => (x.epoch.clocks[0]?.t0 ?? 0) - (y.epoch.clocks[0]?.t0 ?? 0));
    const times: number[] = [];
    const steps = [];
    for (const { set, epoch } of members) {
      for (const time of await context.eventTimes(set, epoch, channel)) times.push(time);
      steps.push(...(await context.stampSteps(set, epoch)));
    }
    return { times, steps };
  };
  const [first, second] = await Promise.all([
    read('a', textParameter(parameters, 'daqsystem_ch1')),
    read('b', textParameter(parameters, 'daqsystem_ch2')),
  ]);
  return placeJumps(fitCommonPulses({ first: first.times, second: second.times }), first.steps, second.steps);
}

interface Train {
  readonly of: EpochOf;
  readonly times: readonly number[];
}

async function readTrains(set: EpochSet, channel: string, clock: ClockType, context: RuleContext) {
  const trains: Train[] = [];
  const problems: string[] = [];
  for (const epoch of set.epochs.filter((one) => hasClock(one, clock))) {
    try {
      const times = [...(await context.eventTimes(set, epoch, channel))].sort((a, b) => a - b);
      trains.push({ of: { set, epoch }, times });
    } catch (error) {
      if (!(error instanceof NdiError) || error.code === 'app.cancelled') throw error;
      problems.push(error.message);
    }
  }
  return { trains, problems };
}

/** Pairs of trains that could fit: a run of quantised intervals of the one is in the other. */
function trainsWithCommonRuns(first: readonly Train[], second: readonly Train[]): [Train, Train][] {
  const holders = new Map<string, Set<Train>>();
  for (const train of first) {
    for (const key of randomRunKeys(train.times)) holders.set(key, (holders.get(key) ?? new Set<Train>()).add(train));
  }
  return second.flatMap((train) => {
    const partners = new Set<Train>();
    for (const key of randomRunKeys(train.times)) for (const other of holders.get(key) ?? []) partners.add(other);
    return [...partners].map((other): [Train, Train] => [other, train]);
  });
}

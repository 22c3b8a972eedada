import { NdiError } from '../../../shared/model/errors.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import type { Finding } from '../../ndi/time/finding.ts';
import { seconds } from '../../ndi/time/health.ts';
import type { StoredRule } from '../../ndi/time/rules/stored-rule.ts';
import type { EventTimes, RuleFiles } from './rule-files.ts';
import type { SessionClocks } from './session-clocks.ts';

/** Time stamps that no clock can have given: samples or pulses that go back, repeat themselves or lie below zero. */
export async function stampFindings(clocks: SessionClocks, files: RuleFiles, signal?: AbortSignal): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const epoch of clocks.epochs) {
    signal?.throwIfAborted();
    found.push(...(await ofSamples(epoch, files)));
    for (const { rule, channel } of channelsOf(clocks.sync.rules, epoch.device)) {
      const times = await quietly(files.eventTimes(epoch, channel));
      if (times !== null) found.push(...ofPulses(epoch, channel, times, rule));
    }
  }
  return found;
}

async function ofSamples(epoch: Epoch, files: RuleFiles): Promise<Finding[]> {
  const steps = (await quietly(files.stampSteps(epoch))) ?? [];
  const back = steps.filter(({ beforeSec, afterSec }) => afterSec < beforeSec);
  const [first] = back;
  if (first === undefined) return [];
  const by = seconds(first.beforeSec - first.afterSec);
  return [
    finding(epoch, {
      message: `The time stamps of ${epoch.epochId} of ${epoch.device} go back by ${by} at ${seconds(first.beforeSec)}${back.length > 1 ? `, and ${back.length - 1} times more` : ''}.`,
      value: first.afterSec - first.beforeSec,
      unit: 's',
      ruleId: null,
    }),
  ];
}

function ofPulses(epoch: Epoch, channel: string, times: EventTimes, rule: StoredRule): Finding[] {
  const { backwards, repeated, negative } = times;
  const faults = [
    ...(backwards > 0 ? [`${backwards} go back`] : []),
    ...(repeated > 0 ? [`${repeated} repeat the one before`] : []),
    ...(negative > 0 ? [`${negative} are below zero`] : []),
  ];
  if (faults.length === 0) return [];
  return [
    finding(epoch, {
      message: `Of the pulse times of ${channel} in ${epoch.epochId} of ${epoch.device}, ${faults.join(', ')}.`,
      value: backwards + repeated + negative,
      unit: 'pulses',
      ruleId: rule.id,
    }),
  ];
}

function finding(epoch: Epoch, rest: Pick<Finding, 'message' | 'value' | 'unit' | 'ruleId'>): Finding {
  const nodes = epoch.clocks.map(({ type }) => `${epoch.device}/${epoch.epochId}/${type}`);
  return { code: 'time.stamps', grade: 'shouldFix', nodes, ...rest };
}

/** Channels of a device that rules read pulses from. */
function channelsOf(rules: readonly StoredRule[], device: string): { rule: StoredRule; channel: string }[] {
  const found = new Map<string, StoredRule>();
  for (const rule of rules) {
    if (rule.fault !== null) continue;
    for (const side of [1, 2]) {
      const [name, channel] = [rule.parameters[`daqsystem${side}_name`], rule.parameters[`daqsystem_ch${side}`]];
      if (name === device && typeof channel === 'string' && !found.has(channel)) found.set(channel, rule);
    }
  }
  return [...found].map(([channel, rule]) => ({ channel, rule }));
}

/** What cannot be read is told elsewhere: by the epoch's problems, and by the link that wanted it. */
async function quietly<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof NdiError && error.code !== 'app.cancelled') return null;
    throw error;
  }
}

import { parseClockType } from './clocks.ts';
import type { JsonObject, JsonValue } from './document-json.ts';
import { NdiError } from './errors.ts';

/** What a parameter may be. Numbers and switches may be written as MATLAB stores them (1 for true). */
export type RuleParameterKind = 'device' | 'channel' | 'text' | 'clock' | 'count' | 'switch';

interface RuleParameter {
  readonly kind: RuleParameterKind;
  readonly default: string | number | boolean;
}

const pulseParameters = {
  daqsystem1_name: { kind: 'device', default: '' },
  daqsystem_ch1: { kind: 'channel', default: '' },
  daqsystem2_name: { kind: 'device', default: '' },
  daqsystem_ch2: { kind: 'channel', default: '' },
  epochclocktype: { kind: 'clock', default: 'dev_local_time' },
} as const;

/** The sync rules of NDI with their parameters and defaults (daq-epochs-time reference, section 21). */
export const syncRules = {
  filematch: { number_fullpath_matches: { kind: 'count', default: 2 } },
  filefind: {
    daqsystem1: { kind: 'device', default: 'mydaq1' },
    daqsystem2: { kind: 'device', default: 'mydaq2' },
    syncfilename: { kind: 'text', default: 'syncfile.txt' },
    number_fullpath_matches: { kind: 'count', default: 1 },
  },
  commonTriggersOverlappingEpochs: {
    ...pulseParameters,
    minEmbeddedFileOverlap: { kind: 'count', default: 1 },
    errorOnFailure: { kind: 'switch', default: true },
  },
  randomPulses: { ...pulseParameters, errorOnFailure: { kind: 'switch', default: true } },
} as const satisfies Record<string, Record<string, RuleParameter>>;

export type SyncRuleName = keyof typeof syncRules;

/** Parameters of a rule by name, in the order in which people fill them in. */
export function ruleParameters(rule: SyncRuleName): [name: string, parameter: RuleParameter][] {
  return Object.entries<RuleParameter>(syncRules[rule]);
}

export function defaultParameters(rule: SyncRuleName): JsonObject {
  return Object.fromEntries(ruleParameters(rule).map(([name, parameter]) => [name, parameter.default]));
}

/** Why a value cannot be a parameter of a kind, as the end of a sentence; null where it can. */
export function parameterFault(kind: RuleParameterKind, value: JsonValue): string | null {
  switch (kind) {
    case 'device':
    case 'channel':
    case 'text':
      return typeof value === 'string' && value.trim() !== '' ? null : 'it must be a text that is not empty';
    case 'count':
      return Number.isSafeInteger(value) && Number(value) >= 1 ? null : 'it must be a whole number from 1 on';
    case 'switch':
      return typeof value === 'boolean' || value === 0 || value === 1 ? null : 'it must be true or false';
    case 'clock':
      try {
        parseClockType(typeof value === 'string' ? value : '');
        return null;
      } catch (error) {
        return error instanceof NdiError ? `${error.message} ${error.recovery}` : String(error);
      }
  }
}

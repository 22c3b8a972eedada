import type { SyncNode } from '../../../shared/contract/sync.ts';
import type { SyncRuleName } from '../../../shared/model/sync-rules.ts';
import { formatNumber, t } from '../../texts/translate.ts';

/** As NDI labels its graph: of its own long ids the last four characters. */
export function shortEpoch(epochId: string): string {
  return /^epoch_[0-9A-Za-z]{16}_[0-9A-Za-z]{16}$/.test(epochId) ? `…${epochId.slice(-4)}` : epochId;
}

/** A sentence in which NDI's own long ids of epochs are short. */
export const withShortEpochs = (text: string): string =>
  text.replaceAll(/epoch_[0-9A-Za-z]{16}_[0-9A-Za-z]{16}/g, shortEpoch);

/** A node in one line: device, epoch, clock. */
export function nodeText({ device, epochId, clock }: SyncNode): string {
  return `${device} / ${shortEpoch(epochId)} / ${clock}`;
}

/** A mapping as a formula. */
export function formula(mapping: readonly number[]): string {
  if (mapping.length !== 2) return mapping.join(' ');
  const [scale = 1, shift = 0] = mapping;
  return `${scale === 1 ? '' : `${String(scale)} × `}t ${shift < 0 ? '−' : '+'} ${String(Math.abs(shift))} s`;
}

/** Seconds in a unit that suits their size. */
export function secondsText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-3) return `${formatNumber(Math.round(value * 1e7) / 10)} µs`;
  if (size !== 0 && size < 1) return `${formatNumber(Math.round(value * 1e6) / 1e3)} ms`;
  return `${formatNumber(Math.round(value * 1e6) / 1e6)} s`;
}

/** What a kind of rule does, in a few words. */
export function ruleTitle(name: SyncRuleName): string {
  switch (name) {
    case 'commonTriggersOverlappingEpochs':
      return t('Pulses that both devices saw');
    case 'randomPulses':
      return t('Pulses at random intervals');
    case 'filefind':
      return t('A file with shift and scale');
    case 'filematch':
      return t('Epochs that share files');
  }
}

/** What a parameter of a rule means; its own name where that is all that is known. */
export function parameterLabel(name: string): string {
  switch (name) {
    case 'daqsystem1':
    case 'daqsystem1_name':
      return t('First device');
    case 'daqsystem2':
    case 'daqsystem2_name':
      return t('Second device');
    case 'daqsystem_ch1':
      return t('Pulse channel of the first');
    case 'daqsystem_ch2':
      return t('Pulse channel of the second');
    case 'epochclocktype':
      return t('Clock of the pulses');
    case 'number_fullpath_matches':
      return t('Files shared, at least');
    case 'minEmbeddedFileOverlap':
      return t('Files in each other’s folders, at least');
    case 'syncfilename':
      return t('Name of the file (“shift scale” in it)');
    case 'errorOnFailure':
      return t('Pulses that do not fit are an error');
    default:
      return name;
  }
}

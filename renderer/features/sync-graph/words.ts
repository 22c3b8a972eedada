import type { SyncNode } from '../../../shared/contract/sync.ts';
import { formatNumber } from '../../texts/translate.ts';

/** A node in one line: device, epoch, clock. */
export function nodeText({ device, epochId, clock }: SyncNode): string {
  const short = /^epoch_[0-9A-Za-z]{16}_[0-9A-Za-z]{16}$/.test(epochId) ? `…${epochId.slice(-4)}` : epochId;
  return `${device} / ${short} / ${clock}`;
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

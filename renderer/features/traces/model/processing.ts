import { z } from 'zod';
import type { SignalProcessing } from '../../../../shared/contract/recordings.ts';
import { t } from '../../../texts/translate.ts';

export const processingSettingsSchema = z.object({
  band: z.enum(['raw', 'lfp', 'spikes', 'custom']),
  /** Edges of the custom band in Hz; null leaves that side open. */
  low: z.number().positive().nullable(),
  high: z.number().positive().nullable(),
  phase: z.enum(['zero', 'causal']),
  reference: z.enum(['none', 'median', 'average']),
});
export type ProcessingSettings = z.infer<typeof processingSettingsSchema>;

export const noProcessing: ProcessingSettings = { band: 'raw', low: 1, high: 300, phase: 'zero', reference: 'none' };

export const bands = ['raw', 'lfp', 'spikes', 'custom'] as const;
export const references = ['none', 'median', 'average'] as const;

const ORDER = 3;

/** Edges of a band in Hz; null is open. */
export function bandEdges({ band, low, high }: ProcessingSettings): { low: number | null; high: number | null } {
  switch (band) {
    case 'raw':
      return { low: null, high: null };
    case 'lfp':
      return { low: 1, high: 300 };
    case 'spikes':
      return { low: 300, high: 6000 };
    case 'custom':
      return { low, high };
  }
}

/** What the services are asked to do; undefined where the signals are shown as they are. */
export function processingOf(settings: ProcessingSettings): SignalProcessing | undefined {
  const { phase, reference } = settings;
  const edges = bandEdges(settings);
  if (edges.low === null && edges.high === null && reference === 'none') return undefined;
  return { ...edges, order: ORDER, phase, reference };
}

/** `300 Hz to 6 kHz`, `below 300 Hz`. */
export function bandText({ low, high }: { low: number | null; high: number | null }): string {
  if (low !== null && high !== null) return t('{{low}} to {{high}}', { low: hertz(low), high: hertz(high) });
  if (low !== null) return t('above {{low}}', { low: hertz(low) });
  if (high !== null) return t('below {{high}}', { high: hertz(high) });
  return t('as recorded');
}

export function bandName(band: ProcessingSettings['band']): string {
  switch (band) {
    case 'raw':
      return t('Raw');
    case 'lfp':
      return t('LFP');
    case 'spikes':
      return t('Spikes');
    case 'custom':
      return t('Custom');
  }
}

export function referenceName(reference: ProcessingSettings['reference']): string {
  switch (reference) {
    case 'none':
      return t('No reference');
    case 'median':
      return t('Common median');
    case 'average':
      return t('Common average');
  }
}

/** What is done to the signals, in a few words; empty where nothing is. */
export function processingText(settings: ProcessingSettings): string {
  const edges = bandEdges(settings);
  const band = settings.band === 'raw' ? '' : `${bandName(settings.band)} (${bandText(edges)})`;
  return [band, settings.reference === 'none' ? '' : referenceName(settings.reference)].filter(Boolean).join(', ');
}

function hertz(value: number): string {
  return value >= 1000 ? `${Number((value / 1000).toPrecision(4))} kHz` : `${Number(value.toPrecision(4))} Hz`;
}

/** A frequency as people type it: `300`, `300 Hz`, `6 kHz`, `6k`; null for an empty field; undefined otherwise. */
export function parseHertz(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const match = /^\s*(\d+(?:[.,]\d+)?|[.,]\d+)\s*(k?)\s*(?:hz)?\s*$/i.exec(text);
  if (match === null) return undefined;
  const value = Number((match[1] ?? '').replace(',', '.')) * (match[2] === '' ? 1 : 1000);
  return value > 0 ? value : undefined;
}

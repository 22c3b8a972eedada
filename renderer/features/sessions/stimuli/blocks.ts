import type { StimulusEpoch } from '../../../../shared/contract/stimuli.ts';
import { isBlank, stimulusColor } from '../../../style/stimulus-colors.ts';

/** All stimuli of one colour as one shape in a box of width 1 and height 1. */
export interface BlockShape {
  readonly color: string;
  readonly path: string;
}

/**
 * Coloured blocks of an epoch's stimuli; positions are fractions of a span of seconds. One whose end is not known is
 * as narrow as can be.
 */
export function blockShapes(
  { presentations, parameters }: Pick<StimulusEpoch, 'presentations' | 'parameters'>,
  span: { readonly t0: number; readonly t1: number },
): BlockShape[] {
  const length = span.t1 - span.t0;
  if (!(length > 0)) return [];
  const paths = new Map<string, string>();
  for (const { stimulusId, onset, offset } of presentations) {
    const start = onset ?? offset;
    if (start === null) continue;
    const from = Math.max(0, (start - span.t0) / length);
    const to = Math.min(1, ((offset ?? start) - span.t0) / length);
    if (from > 1 || to < 0) continue;
    const color = stimulusColor(stimulusId, isBlank(parameters[(stimulusId ?? 0) - 1]));
    const block = `M${digits(from)} 0H${digits(Math.max(to, from + 0.0005))}V1H${digits(from)}Z`;
    paths.set(color, (paths.get(color) ?? '') + block);
  }
  return [...paths].map(([color, path]) => ({ color, path }));
}

const digits = (fraction: number) => fraction.toFixed(5);

/** Names of parameters that differ between stimuli, and those that all share. */
export function varyingParameters(parameters: StimulusEpoch['parameters']): { varying: string[]; constant: string[] } {
  const names = [...new Set(parameters.flatMap((one) => Object.keys(one)))];
  const isConstant = (name: string) => new Set(parameters.map((one) => JSON.stringify(one[name]))).size <= 1;
  return { varying: names.filter((name) => !isConstant(name)), constant: names.filter(isConstant) };
}

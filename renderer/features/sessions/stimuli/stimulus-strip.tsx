import type { StimulusEpoch } from '../../../../shared/contract/stimuli.ts';
import { blockShapes } from './blocks.ts';
import classes from './stimuli.module.css';

interface StimulusStripProps {
  readonly epoch: Pick<StimulusEpoch, 'presentations' | 'parameters'>;
  readonly span: { readonly t0: number; readonly t1: number };
}

/** Coloured blocks of stimuli along a span of time; fills what it stands in. */
export function StimulusStrip({ epoch, span }: StimulusStripProps) {
  return (
    <svg className={classes.strip} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
      {blockShapes(epoch, span).map(({ color, path }) => (
        <path key={color} d={path} fill={color} />
      ))}
    </svg>
  );
}

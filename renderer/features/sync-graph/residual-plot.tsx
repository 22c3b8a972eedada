import { t } from '../../texts/translate.ts';
import { secondsText } from './words.ts';
import classes from './sync-graph.module.css';

const WIDTH = 300;
const HEIGHT = 130;
const EDGE = 14;

/** What the fit leaves over, pulse by pulse: its largest value is said beside it. */
export function ResidualPlot({ residuals }: { readonly residuals: readonly (readonly [number, number, number])[] }) {
  const times = residuals.map(([time]) => time);
  const [start, end] = [Math.min(...times), Math.max(...times)];
  const largest = Math.max(...residuals.map(([, left]) => Math.abs(left)), 1e-9);
  const x = (time: number) => EDGE + ((time - start) / Math.max(end - start, 1e-9)) * (WIDTH - 2 * EDGE);
  const y = (left: number) => HEIGHT / 2 - (left / largest) * (HEIGHT / 2 - EDGE);
  const summary = t('Residuals of {{n}} pulses, at most {{largest}}', {
    n: residuals.length,
    largest: secondsText(largest),
  });
  return (
    <figure style={{ margin: '8px 0' }}>
      <svg className={classes.plot} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary}>
        <line x1={EDGE} x2={WIDTH - EDGE} y1={HEIGHT / 2} y2={HEIGHT / 2} stroke="var(--ndi-plot-axis)" />
        {residuals.map(([time, left]) => (
          <circle key={time} cx={x(time)} cy={y(left)} r={2.5} fill="var(--ndi-data-1)">
            <title>{`${secondsText(time)}: ${secondsText(left)}`}</title>
          </circle>
        ))}
      </svg>
      <figcaption className={classes.quiet}>{summary}</figcaption>
    </figure>
  );
}

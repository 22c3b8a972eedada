import type { SignalSource } from '../../../../shared/contract/recordings.ts';
import type { MeanWaveform } from '../../../../shared/contract/units.ts';
import { client } from '../../../state/client.ts';
import { rest } from '../../../state/rest.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatNumber, t } from '../../../texts/translate.ts';
import { unitSign } from '../model/settings.ts';
import classes from './unit-panel.module.css';

interface ThumbnailProps {
  readonly source: SignalSource;
  readonly unit: string;
  readonly color: string;
}

/** A row that is only scrolled past asks nothing. */
const AFTER_MS = 150;
const [WIDTH, HEIGHT] = [56, 34];

/** The mean waveform of a unit on its largest channels, computed when it is first seen. */
export function Thumbnail({ source, unit, color }: ThumbnailProps) {
  const answer = useAnswer(JSON.stringify(['waveform', source, unit]), async (signal) => {
    await rest(AFTER_MS, signal);
    return client.units.waveform({ source, unit }, { signal });
  });
  if (answer.status === 'loading') return <span className={classes.thumbnail} data-loading aria-hidden />;
  if (answer.status === 'failed') {
    return <span className={classes.thumbnail} title={answer.error.message} aria-hidden />;
  }
  const { channels, units, spikes } = answer.value;
  const [low, high] = extremes(answer.value);
  const words =
    spikes === 0
      ? t('Mean waveform that the sorter kept')
      : t('Mean of {{spikes}} spikes, {{low}} to {{high}} {{unit}}', {
          spikes,
          low: formatNumber(Math.round(low)),
          high: formatNumber(Math.round(high)),
          unit: unitSign(units),
        });
  return (
    <svg className={classes.thumbnail} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
      <title>{words}</title>
      {channels
        .map(({ name, values }, index) => (
          <path
            key={name}
            d={pathOf(values, low, high)}
            stroke={color}
            strokeOpacity={index === 0 ? 1 : 0.35}
            strokeWidth={index === 0 ? 1.5 : 1}
            fill="none"
          />
        ))
        .reverse()}
    </svg>
  );
}

function extremes({ channels }: MeanWaveform): [number, number] {
  const all = channels.flatMap(({ values }) => values);
  return [all.reduce((a, b) => Math.min(a, b), 0), all.reduce((a, b) => Math.max(a, b), 0)];
}

function pathOf(values: readonly number[], low: number, high: number): string {
  const scale = (HEIGHT - 4) / Math.max(1e-12, high - low);
  const step = WIDTH / Math.max(1, values.length - 1);
  const points = values.map((value, at) => `${(at * step).toFixed(1)} ${(2 + (high - value) * scale).toFixed(1)}`);
  return `M${points.join('L')}`;
}

import type { StimulusEpoch } from '../../../../shared/contract/stimuli.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import type { DataTableColumn } from '../../../components/table/columns.ts';
import { isBlank, stimulusColor } from '../../../style/stimulus-colors.ts';
import { formatNumber, t } from '../../../texts/translate.ts';
import { varyingParameters } from './blocks.ts';
import classes from './stimuli.module.css';

/** A presentation with its place in the sequence. */
export interface PresentationRow {
  readonly number: number;
  readonly shown: StimulusEpoch['presentations'][number];
  readonly parameters: Readonly<Record<string, unknown>> | undefined;
}

/** More parameters than these do not fit beside the times. */
const MOST_PARAMETERS = 8;

export function presentationRows({ presentations, parameters }: StimulusEpoch): PresentationRow[] {
  return presentations.map((shown, at) => {
    return { number: at + 1, shown, parameters: parameters[(shown.stimulusId ?? 0) - 1] };
  });
}

/** Number, stimulus, times, length, then the parameters that vary. */
export function presentationColumns({ parameters }: StimulusEpoch): readonly DataTableColumn<PresentationRow>[] {
  const number = (id: string, title: string, of: (row: PresentationRow) => number | null) => ({
    id,
    title,
    least: 96,
    numeric: true,
    cell: (row: PresentationRow) => timeText(of(row)),
  });
  return [
    { id: 'number', title: t('No.'), least: 56, numeric: true, cell: (row) => formatNumber(row.number) },
    {
      id: 'stimulus',
      title: t('Stimulus'),
      least: 110,
      cell: ({ shown: { stimulusId }, parameters: own }) => (
        <>
          <span className={classes.chip} style={{ background: stimulusColor(stimulusId, isBlank(own)) }} aria-hidden />
          {stimulusId === null ? '–' : formatNumber(stimulusId)}
          {isBlank(own) ? ` ${t('(blank)')}` : ''}
        </>
      ),
    },
    number('onset', t('Onset (s)'), ({ shown }) => shown.onset),
    number('offset', t('Offset (s)'), ({ shown }) => shown.offset),
    number('length', t('Length (s)'), ({ shown: { onset, offset } }) =>
      onset === null || offset === null ? null : offset - onset,
    ),
    ...varyingParameters(parameters)
      .varying.filter((name) => !/^(stimid|isblank)$/i.test(name))
      .slice(0, MOST_PARAMETERS)
      .map((name) => ({
        id: `parameter ${name}`,
        title: name,
        least: 90,
        grow: 1,
        cell: (row: PresentationRow) => <ElidedText text={parameterText(row.parameters?.[name])} />,
      })),
  ];
}

function timeText(seconds: number | null): string {
  return seconds === null ? '–' : formatNumber(Math.round(seconds * 1e4) / 1e4);
}

export function parameterText(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return formatNumber(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

import { IconPhoto, IconWaveSine } from '@tabler/icons-react';
import type { Epoch } from '../../../shared/contract/sessions.ts';
import { ElidedText } from '../../components/elided-text.tsx';
import { GradeBadge } from '../../components/problems/grade-badge.tsx';
import { gravest } from '../../components/problems/merge-problems.ts';
import type { DataTableColumn } from '../../components/table/columns.ts';
import { basename } from '../../state/paths.ts';
import { formatNumber, plural, t } from '../../texts/translate.ts';
import { RowAction } from './row-action.tsx';
import classes from './sessions.module.css';
import { spanOn } from '../../components/timeline/model/epochs.ts';
import { LOCAL_CLOCK } from '../../components/timeline/model/layout.ts';

/** The columns of the table of epochs. */
export function epochColumns(onOpen: (epoch: Epoch) => void): readonly DataTableColumn<Epoch>[] {
  return [
    { id: 'number', title: t('No.'), least: 48, numeric: true, cell: ({ number }) => formatNumber(number) },
    {
      id: 'id',
      title: t('Epoch'),
      least: 120,
      grow: 2,
      cell: (epoch) => (
        <>
          <ElidedText text={epoch.epochId} />
          <EpochProblems epoch={epoch} />
        </>
      ),
    },
    {
      id: 'device',
      title: t('Device'),
      least: 90,
      grow: 1,
      cell: ({ device }) => <ElidedText text={device} />,
    },
    {
      id: 'clocks',
      title: t('Clocks'),
      least: 110,
      grow: 1.2,
      cell: ({ clocks }) => <ElidedText text={clocks.map(({ type }) => type).join(', ')} />,
    },
    {
      id: 'times',
      title: t('From – to (s)'),
      least: 120,
      grow: 1,
      numeric: true,
      cell: (epoch) => timesOf(epoch),
    },
    {
      id: 'files',
      title: t('Files'),
      least: 120,
      grow: 1.5,
      cell: ({ files }) => <span title={files.join('\n')}>{filesInShort(files)}</span>,
    },
    {
      id: 'probes',
      title: t('Probes'),
      least: 110,
      grow: 1.2,
      cell: ({ probes }) => (
        <ElidedText text={probes.map(({ name, reference }) => `${name} | ${reference}`).join(', ')} />
      ),
    },
    {
      id: 'open',
      title: '',
      least: 40,
      cell: (epoch) => (
        <RowAction
          label={
            epoch.images === true
              ? t('Show the frames of epoch {{number}}', { number: epoch.number })
              : t('Show the signals of epoch {{number}}', { number: epoch.number })
          }
          icon={epoch.images === true ? <IconPhoto size={16} aria-hidden /> : <IconWaveSine size={16} aria-hidden />}
          onClick={() => onOpen(epoch)}
        />
      ),
    },
  ];
}

function EpochProblems({ epoch }: { readonly epoch: Epoch }) {
  const grade = gravest(epoch.problems);
  if (grade === null) return null;
  return (
    <span className={classes.inRow} title={epoch.problems.map(({ message }) => message).join('\n')}>
      <GradeBadge grade={grade} words={plural(epoch.problems.length, '{{count}} problem', '{{count}} problems')} />
    </span>
  );
}

/** Start and end on the device's own clock, or on the first clock that tells. */
function timesOf(epoch: Epoch): string {
  const clock = spanOn(epoch, LOCAL_CLOCK) === null ? epoch.clocks.find(({ t0 }) => t0 !== null)?.type : LOCAL_CLOCK;
  const span = clock === undefined ? null : spanOn(epoch, clock);
  if (span === null) return '–';
  return `${formatNumber(span.t0, 3)} – ${formatNumber(span.t1, 3)}`;
}

function filesInShort(files: readonly string[]): string {
  const [first, ...rest] = files;
  if (first === undefined) return t('none');
  return rest.length === 0 ? basename(first) : t('{{name}} and {{n}} more', { name: basename(first), n: rest.length });
}

import { IconFolder, IconSquare, IconSquareCheckFilled, IconSquareMinusFilled } from '@tabler/icons-react';
import { ElidedText } from '../../../components/elided-text.tsx';
import { GradeBadge } from '../../../components/problems/grade-badge.tsx';
import { gravest } from '../../../components/problems/merge-problems.ts';
import type { MouseEvent } from 'react';
import type { ScannedRecording } from '../../../../shared/contract/imports.ts';
import { formatNumber, formatSeconds, plural, t } from '../../../texts/translate.ts';
import classes from './epoch-tree.module.css';
import type { TreeRow } from './import-rows.ts';

interface EpochTreeRowProps {
  readonly id: string;
  readonly row: TreeRow;
  /** Pixels from the top of the tree. */
  readonly top: number;
  readonly current: boolean;
  readonly selected: boolean;
  readonly taken: 'all' | 'some' | 'none';
  readonly onChoose: (event: MouseEvent) => void;
  readonly onToggle: () => void;
}

const BOXES = { all: IconSquareCheckFilled, some: IconSquareMinusFilled, none: IconSquare };

export function EpochTreeRow({ id, row, top, current, selected, taken, onChoose, onToggle }: EpochTreeRowProps) {
  const Box = BOXES[taken];
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.kind === 'group' ? 1 : 2}
      aria-checked={taken === 'some' ? 'mixed' : taken === 'all'}
      aria-selected={selected}
      className={classes.treeRow}
      style={{ transform: `translateY(${top}px)` }}
      data-kind={row.kind}
      data-current={current || undefined}
      data-left-out={taken === 'none' || undefined}
      onClick={onChoose}
    >
      <span
        className={classes.box}
        title={taken === 'all' ? t('Leave out') : t('Take in')}
        onClick={(event) => {
          event.stopPropagation();
          onToggle();
        }}
      >
        <Box size={16} aria-hidden />
      </span>
      {row.kind === 'group' ? <GroupWords row={row} /> : <EpochWords row={row} />}
    </div>
  );
}

function GroupWords({ row }: { readonly row: Extract<TreeRow, { kind: 'group' }> }) {
  return (
    <>
      <IconFolder size={16} aria-hidden className={classes.icon} />
      <ElidedText text={row.label} />
      <span className={classes.count}>{plural(row.epochs.length, '{{count}} epoch', '{{count}} epochs')}</span>
    </>
  );
}

function EpochWords({ row }: { readonly row: Extract<TreeRow, { kind: 'epoch' }> }) {
  const { recordings } = row.epoch;
  const found = recordings.map((one) => one.found);
  const formats = [...new Set(found.map(({ formatName }) => formatName))];
  const problems = found.flatMap((recording) => recording.problems);
  const grade = gravest(problems);
  return (
    <span className={classes.epochWords}>
      <span className={classes.epochName}>
        <ElidedText text={row.label} />
        {formats.map((name) => (
          <span key={name} className={classes.format} translate="no">
            {name}
          </span>
        ))}
        {grade !== null && (
          <GradeBadge grade={grade} words={plural(problems.length, '{{count}} problem', '{{count}} problems')} />
        )}
      </span>
      <span className={classes.epochFacts}>
        <span title={t('Device')} translate="no">
          {recordings.map(({ device }) => device).join(' + ')}
        </span>
        <span>{channelsInShort(found)}</span>
        <span>{formatSeconds(Math.max(0, ...found.map(({ duration }) => duration)))}</span>
        {recordings[0]?.subject !== '' && <span translate="no">{recordings[0]?.subject}</span>}
      </span>
    </span>
  );
}

function channelsInShort(recordings: readonly ScannedRecording[]): string {
  const count = recordings.reduce((sum, { channels }) => sum + channels, 0);
  const rate = Math.max(0, ...recordings.map(({ sampleRate }) => sampleRate ?? 0));
  const channels = plural(count, '{{count}} channel', '{{count}} channels');
  return rate === 0 ? channels : t('{{channels}} at {{rate}}', { channels, rate: rateInShort(rate) });
}

/** Samples a second: `30 kHz`, `1 kHz`, `500 Hz`. */
function rateInShort(rate: number): string {
  return rate >= 1000 ? `${formatNumber(rate / 1000)} kHz` : `${formatNumber(rate)} Hz`;
}

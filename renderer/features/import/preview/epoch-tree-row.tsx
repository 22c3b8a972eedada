import { IconFolder, IconSquare, IconSquareCheckFilled, IconSquareMinusFilled } from '@tabler/icons-react';
import { ElidedText } from '../../../components/elided-text.tsx';
import { GradeBadge } from '../../../components/problems/grade-badge.tsx';
import { gravest } from '../../../components/problems/merge-problems.ts';
import { formatNumber, formatSeconds, plural, t } from '../../../texts/translate.ts';
import classes from '../import.module.css';
import type { ScannedRecording, TreeRow } from './import-tree.ts';

interface EpochTreeRowProps {
  readonly id: string;
  readonly row: TreeRow;
  /** Pixels from the top of the tree. */
  readonly top: number;
  readonly current: boolean;
  readonly taken: 'all' | 'some' | 'none';
  readonly onChoose: () => void;
  readonly onToggle: () => void;
}

const BOXES = { all: IconSquareCheckFilled, some: IconSquareMinusFilled, none: IconSquare };

export function EpochTreeRow({ id, row, top, current, taken, onChoose, onToggle }: EpochTreeRowProps) {
  const Box = BOXES[taken];
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.kind === 'folder' ? 1 : 2}
      aria-checked={taken === 'some' ? 'mixed' : taken === 'all'}
      aria-selected={current}
      className={classes.treeRow}
      style={{ transform: `translateY(${top}px)` }}
      data-kind={row.kind}
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
      {row.kind === 'folder' ? <FolderWords row={row} /> : <EpochWords row={row} />}
    </div>
  );
}

function FolderWords({ row }: { readonly row: Extract<TreeRow, { kind: 'folder' }> }) {
  return (
    <>
      <IconFolder size={16} aria-hidden className={classes.icon} />
      <ElidedText text={row.label} />
      <span className={classes.quiet}>{plural(row.epochs.length, '{{count}} epoch', '{{count}} epochs')}</span>
    </>
  );
}

function EpochWords({ row }: { readonly row: Extract<TreeRow, { kind: 'epoch' }> }) {
  const formats = [...new Set(row.recordings.map(({ formatName }) => formatName))];
  const problems = row.recordings.flatMap((recording) => recording.problems);
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
          {row.epoch.device}
        </span>
        <span>{channelsInShort(row.recordings)}</span>
        <span>{formatSeconds(row.epoch.duration)}</span>
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

import {
  IconAlertTriangle,
  IconBan,
  IconChevronDown,
  IconChevronRight,
  IconDatabase,
  IconFileText,
  IconFolder,
  IconInfoCircle,
  IconNeedle,
  IconPaw,
  IconServer,
  IconStack2,
  IconTimeline,
  IconWaveSine,
  type Icon,
} from '@tabler/icons-react';
import { formatNumber } from '../../texts/translate.ts';
import classes from './session-tree.module.css';
import { dropMark } from '../drop/drop-home.ts';
import { TreeBadges } from './tree-badges.tsx';
import type { TreeNodeKind, TreeRow } from './tree-model.ts';

const ICONS: Readonly<Record<TreeNodeKind, Icon>> = {
  dataset: IconDatabase,
  session: IconStack2,
  recording: IconWaveSine,
  unknown: IconFolder,
  group: IconFolder,
  daq: IconServer,
  epoch: IconTimeline,
  probe: IconNeedle,
  subject: IconPaw,
  class: IconFileText,
  note: IconInfoCircle,
};

/** Nodes whose label is a word of ours; all others show names out of the data. */
const OUR_WORDS: readonly TreeNodeKind[] = ['group', 'epoch'];

/** Nodes whose detail is a word of ours. */
const OUR_DETAILS: readonly TreeNodeKind[] = ['dataset', 'session', 'unknown'];

interface TreeLineProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly current: boolean;
  readonly top: number;
  readonly height: number;
  readonly onSelect: () => void;
  readonly onActivate: () => void;
  readonly onToggle: () => void;
  readonly onMenu: (at: { x: number; y: number }) => void;
}

/** One line of the tree: a click selects, a double click opens, the arrow opens and closes what is below. */
export function TreeLine({ id, row, current, top, height, onSelect, onActivate, onToggle, onMenu }: TreeLineProps) {
  const NodeIcon = ICONS[row.kind];
  const ProblemIcon = row.problem?.grade === 'blocks' ? IconBan : IconAlertTriangle;
  const Arrow = row.expanded === true ? IconChevronDown : IconChevronRight;
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.expanded}
      aria-selected={current}
      className={classes.line}
      style={{ transform: `translateY(${top}px)`, height, paddingLeft: 4 + (row.level - 1) * 14 }}
      {...dropMarkOf(row)}
      title={[row.label, row.detail, row.problem?.words].filter(Boolean).join(' – ')}
      onClick={onSelect}
      onDoubleClick={onActivate}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu({ x: event.clientX, y: event.clientY });
      }}
    >
      <span
        className={classes.arrow}
        aria-hidden
        onClick={row.expanded === undefined ? undefined : onToggle}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        {row.expanded !== undefined && <Arrow size={14} />}
      </span>
      <NodeIcon size={15} aria-hidden className={classes.icon} />
      <span className={classes.label} translate={OUR_WORDS.includes(row.kind) ? undefined : 'no'}>
        {row.label}
      </span>
      {row.detail !== '' && (
        <span className={classes.detail} translate={OUR_DETAILS.includes(row.kind) ? undefined : 'no'}>
          {row.detail}
        </span>
      )}
      {row.problem !== undefined && (
        <span className={classes.problem} data-grade={row.problem.grade} role="img" aria-label={row.problem.words}>
          <ProblemIcon size={14} aria-hidden />
        </span>
      )}
      {(row.kind === 'session' || row.kind === 'dataset') && <TreeBadges row={row} />}
      {row.count !== undefined && <span className={classes.count}>{formatNumber(row.count)}</span>}
    </div>
  );
}

/** Files may be dropped on a dataset, and on a session that has a folder of its own. */
function dropMarkOf({ kind, path, sessionId, label: name }: TreeRow) {
  return (kind === 'session' && sessionId === undefined) || kind === 'dataset' ? dropMark({ kind, path, name }) : {};
}

import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { stepFor } from '../../../components/table/step-for.ts';
import { useVirtualRows } from '../../../components/table/use-virtual-rows.ts';
import { t } from '../../../texts/translate.ts';
import classes from '../import.module.css';
import { EpochTreeRow } from './epoch-tree-row.tsx';
import { takenOf, type TreeRow } from './import-tree.ts';

/** Pixels; an epoch has two lines. */
const ROW_HEIGHTS = { folder: 32, epoch: 48 };

interface EpochTreeProps {
  readonly rows: readonly TreeRow[];
  /** Index of the row whose details show. */
  readonly active: number;
  readonly excluded: ReadonlySet<string>;
  readonly onActive: (index: number) => void;
  readonly onTaken: (epochs: readonly string[], taken: boolean) => void;
}

/** Folders and their epochs with check boxes. One stop of the Tab key: arrows move, Space takes in or leaves out. */
export function EpochTree({ rows, active, excluded, onActive, onTaken }: EpochTreeProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({
    count: rows.length,
    scroller,
    rowHeight: (index) => ROW_HEIGHTS[rows[index]?.kind ?? 'epoch'],
  });
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active);
  }, [active, virtual]);
  const toggle = (row: TreeRow | undefined) => {
    if (row === undefined) return;
    const epochs = epochsOf(row);
    onTaken(epochs, takenOf(epochs, excluded) !== 'all');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ') toggle(rows[active]);
    else {
      const next = stepFor(event.key, active, rows.length, 10);
      if (next === null) return;
      onActive(next);
    }
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      className={classes.tree}
      role="tree"
      aria-label={t('Folders and epochs; Space takes an epoch in or leaves it out')}
      aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <EpochTreeRow
              key={row.key}
              id={`${id}-${index}`}
              row={row}
              top={start}
              current={index === active}
              taken={takenOf(epochsOf(row), excluded)}
              onChoose={() => {
                onActive(index);
              }}
              onToggle={() => {
                toggle(row);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

function epochsOf(row: TreeRow): readonly string[] {
  return row.kind === 'folder' ? row.epochs : [row.key];
}

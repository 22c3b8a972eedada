import { useEffect, useId, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { stepFor } from '../../../components/table/step-for.ts';
import { useVirtualRows } from '../../../components/table/use-virtual-rows.ts';
import { t } from '../../../texts/translate.ts';
import classes from './epoch-tree.module.css';
import { EpochTreeRow } from './epoch-tree-row.tsx';
import { keysOf, takenOf, type TreeRow } from './import-rows.ts';

/** Pixels; an epoch has two lines. */
const ROW_HEIGHTS = { group: 32, epoch: 48 };

interface EpochTreeProps {
  readonly rows: readonly TreeRow[];
  /** Index of the row whose details show. */
  readonly active: number;
  /** Keys of the rows that are selected together with it. */
  readonly selected: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
  readonly onActive: (index: number, selected: ReadonlySet<string>) => void;
  readonly onTaken: (recordings: readonly string[], taken: boolean) => void;
}

/**
 * Folders or sessions and their epochs with check boxes. One stop of the Tab key: arrows move, with Shift they select
 * several rows, Space takes in or leaves out.
 */
export function EpochTree({ rows, active, selected, excluded, onActive, onTaken }: EpochTreeProps) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef(active);
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
    const keys = keysOf(row);
    onTaken(keys, takenOf(keys, excluded) !== 'all');
  };
  const rangeTo = (index: number) => {
    const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
    return new Set(rows.slice(from, to + 1).map(({ key }) => key));
  };
  const choose = (index: number, how: 'one' | 'range' | 'toggle') => {
    const key = rows[index]?.key ?? '';
    if (how === 'range') {
      onActive(index, rangeTo(index));
      return;
    }
    anchor.current = index;
    const next = new Set(how === 'toggle' ? selected : []);
    if (how === 'toggle' && next.has(key)) next.delete(key);
    else next.add(key);
    onActive(index, next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ') toggle(rows[active]);
    else {
      const next = stepFor(event.key, active, rows.length, 10);
      if (next === null) return;
      choose(next, event.shiftKey ? 'range' : 'one');
    }
    event.preventDefault();
  };
  const onClick = (index: number, event: MouseEvent) => {
    choose(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'one');
  };
  return (
    <div
      ref={scroller}
      className={classes.tree}
      role="tree"
      aria-multiselectable
      aria-label={t('Epochs; Space takes one in or leaves it out, Shift with the arrows selects several')}
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
              selected={selected.has(row.key)}
              taken={takenOf(keysOf(row), excluded)}
              onChoose={(event) => onClick(index, event)}
              onToggle={() => toggle(row)}
            />
          );
        })}
      </div>
    </div>
  );
}

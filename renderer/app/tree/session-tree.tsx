import { Button } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { CommandButton } from '../../components/command-button.tsx';
import { openContextMenu } from '../../components/context-menu.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { useVirtualRows } from '../../components/table/use-virtual-rows.ts';
import { useViewState } from '../../state/cache/use-view-state.ts';
import { ensureItem, useItems } from '../../state/items.ts';
import { useOpened } from '../../state/opened.ts';
import { t } from '../../texts/translate.ts';
import classes from './session-tree.module.css';
import { mainAction, nodeMenu, previewAction } from './tree-actions.ts';
import { TreeFilter } from './tree-filter.tsx';
import { type TreeNodeKind, treeRows, type TreeRow } from './tree-model.ts';
import { treeStep } from './tree-keys.ts';
import { TreeLine } from './tree-line.tsx';

const ROW_HEIGHT = 24;

/** Everything that is open, as a tree: what a session holds, down to epochs and classes of documents. */
export function SessionTree() {
  const paths = useOpened((state) => state.paths);
  const items = useItems();
  const [filter, setFilter] = useState('');
  const [toggled, setToggled] = useViewState<readonly string[]>('tree-toggled', 1, [], acceptKeys);
  const toggledSet = useMemo(() => new Set(toggled), [toggled]);
  const [kinds, setKinds] = useState<readonly TreeNodeKind[]>([]);
  const rows = useMemo(
    () => treeRows({ paths, items, toggled: toggledSet, filter, kinds }),
    [paths, items, toggledSet, filter, kinds],
  );
  useLoadedNodes(rows);
  const toggle = (row: TreeRow) => {
    setToggled(toggledSet.has(row.key) ? toggled.filter((key) => key !== row.key) : [...toggled, row.key]);
  };

  if (paths.length === 0) {
    return (
      <EmptyState
        title={t('Sessions and recordings that you open stand here.')}
        action={<CommandButton command="open.folder" label={t('Open a folder…')} variant="default" />}
      />
    );
  }
  return (
    <>
      <TreeFilter filter={filter} onFilter={setFilter} kinds={kinds} onKinds={setKinds} />
      {rows.length === 0 ? (
        <EmptyState
          title={
            filter === ''
              ? t('Nothing of that kind is in the tree.')
              : t('Nothing in the tree holds “{{filter}}”.', { filter })
          }
          action={
            <Button
              variant="default"
              onClick={() => {
                setFilter('');
                setKinds([]);
              }}
            >
              {t('Show everything')}
            </Button>
          }
        />
      ) : (
        <TreeList rows={rows} onToggle={toggle} />
      )}
    </>
  );
}

interface TreeListProps {
  readonly rows: readonly TreeRow[];
  readonly onToggle: (row: TreeRow) => void;
}

function TreeList({ rows, onToggle }: TreeListProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const [currentKey, setCurrentKey] = useState<string>();
  const found = rows.findIndex((row) => row.key === currentKey);
  const current = found === -1 ? 0 : found;
  const lines = useVirtualRows({ count: rows.length, scroller: scroll, rowHeight: ROW_HEIGHT });
  const select = (index: number) => {
    setCurrentKey(rows[index]?.key);
    lines.scrollToIndex(index);
  };
  const activate = (row: TreeRow) => {
    const action = mainAction(row);
    if (action !== undefined) action();
    else if (row.expanded !== undefined) onToggle(row);
  };
  const showMenu = (row: TreeRow, at?: { x: number; y: number }) => {
    const line = document.getElementById(lineId(row));
    const box = (line ?? scroll.current)?.getBoundingClientRect();
    openContextMenu(
      at ?? { x: (box?.left ?? 0) + 24, y: box?.bottom ?? 0 },
      t('What to do with {{name}}', { name: row.label }),
      nodeMenu(row),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[current];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') activate(row);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) showMenu(row);
    else if (event.key === ' ') {
      const preview = previewAction(row);
      if (preview !== undefined) preview();
      else if (row.expanded !== undefined) onToggle(row);
    } else if (event.key === '/') document.querySelector<HTMLElement>(`.${classes.filter ?? ''} input`)?.focus();
    else {
      const step = treeStep(event.key, rows, current);
      if (step === undefined) return;
      if (step === 'toggle') onToggle(row);
      else select(step);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const currentRow = rows[current];
  return (
    <div
      ref={scroll}
      className={classes.tree}
      role="tree"
      tabIndex={0}
      data-region-focus
      aria-label={t('Session tree')}
      aria-activedescendant={currentRow === undefined ? undefined : lineId(currentRow)}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: lines.getTotalSize(), position: 'relative' }} role="none">
        {lines.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return (
            row !== undefined && (
              <TreeLine
                key={row.key}
                id={lineId(row)}
                row={row}
                current={index === current}
                top={start}
                height={ROW_HEIGHT}
                onSelect={() => select(index)}
                onActivate={() => activate(row)}
                onToggle={() => onToggle(row)}
                onMenu={(at) => {
                  select(index);
                  showMenu(row, at);
                }}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

/** Reads what stands behind nodes that are open. */
function useLoadedNodes(rows: readonly TreeRow[]): void {
  useEffect(() => {
    for (const row of rows) if (row.kind === 'note') ensureItem(row.path, row.sessionId);
  }, [rows]);
}

function lineId(row: TreeRow): string {
  return `tree-${row.key}`;
}

function acceptKeys(kept: unknown): readonly string[] | undefined {
  return Array.isArray(kept) && kept.every((key) => typeof key === 'string') ? kept : undefined;
}

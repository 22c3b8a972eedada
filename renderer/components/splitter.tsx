import { Splitter as MantineSplitter } from '@mantine/core';
import type { ReactNode } from 'react';
import { useViewState } from '../state/cache/use-view-state.ts';

interface SplitterProps {
  /** Name under which the sizes are remembered. */
  readonly name: string;
  readonly orientation?: 'horizontal' | 'vertical';
  /** Shares of the panes in per cent at first. */
  readonly shares: readonly number[];
  /** Least shares in per cent. */
  readonly least?: readonly number[];
  /** Pixels that a pane keeps in a narrow window, whatever its share. */
  readonly leastPx?: readonly number[];
  readonly children: readonly ReactNode[];
}

/** Panes side by side with borders that the pointer and the arrow keys move; the sizes are kept over restarts. */
export function Splitter({
  name,
  orientation = 'horizontal',
  shares,
  least = [],
  leastPx = [],
  children,
}: SplitterProps) {
  const [sizes, setSizes] = useViewState(`splitter:${name}`, 1, [...shares], (kept) =>
    isShares(kept, shares.length) ? kept : undefined,
  );
  return (
    <MantineSplitter
      orientation={orientation}
      sizes={sizes}
      onSizeChange={(next) => {
        setSizes(next.map(Number));
      }}
      lineSize={1}
      handleColor="var(--ndi-line)"
      withHandle={false}
      style={{ width: '100%', height: '100%', minHeight: 0 }}
    >
      {children.map((child, index) => (
        <MantineSplitter.Pane
          key={index}
          defaultSize={shares[index] ?? 50}
          min={least[index] ?? 10}
          style={leastPx[index] === undefined ? undefined : { minWidth: leastPx[index] }}
        >
          {child}
        </MantineSplitter.Pane>
      ))}
    </MantineSplitter>
  );
}

function isShares(kept: unknown, panes: number): kept is number[] {
  return Array.isArray(kept) && kept.length === panes && kept.every((share) => typeof share === 'number' && share > 0);
}

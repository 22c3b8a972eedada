import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

interface VirtualRowsOptions {
  readonly count: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Height of every row in pixels, or of the row at an index. */
  readonly rowHeight: number | ((index: number) => number);
  /** Room that a sticky head takes at the top of the scroller. */
  readonly headHeight?: number;
  /** Pixels above what is in sight at first. */
  readonly startAt?: (() => number) | undefined;
}

/** Only the rows in sight, of any number of rows of known heights. */
export function useVirtualRows({
  count,
  scroller,
  rowHeight,
  headHeight = 0,
  startAt,
}: VirtualRowsOptions): Virtualizer<HTMLDivElement, Element> {
  // The virtualizer is a changing object by design; components that use it are drawn anew by its own subscription.
  return useVirtualizer<HTMLDivElement, Element>({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: typeof rowHeight === 'number' ? () => rowHeight : rowHeight,
    overscan: 12,
    scrollPaddingStart: headHeight,
    ...(startAt === undefined ? {} : { initialOffset: startAt }),
  });
}

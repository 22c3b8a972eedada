import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { PaletteHit } from './palette-hits.ts';

interface ChoiceOptions {
  readonly hits: readonly PaletteHit[];
  readonly query: string;
  /** What is listed answers an earlier query; the answer to this one is on its way. */
  readonly isLate: boolean;
  readonly take: (hit: PaletteHit) => void;
  /** Id of the element that shows a hit. */
  readonly optionId: (hit: PaletteHit) => string;
}

/**
 * Which hit Enter takes: the first, whenever it comes, until the arrows choose another. Enter before the answer is there
 * waits for it, and never takes what answers an earlier query.
 */
export function useChoice({ hits, query, isLate, take, optionId }: ChoiceOptions) {
  const [walked, setWalked] = useState<{ readonly query: string; readonly id: string }>();
  const entered = useRef<string | null>(null);
  const at = Math.max(0, walked?.query === query ? hits.findIndex(({ id }) => id === walked.id) : 0);
  const chosen = isLate ? undefined : hits[at];
  const chosenId = chosen === undefined ? undefined : optionId(chosen);

  useEffect(() => {
    if (chosenId !== undefined) document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);

  useEffect(() => {
    if (entered.current === query && isLate) return;
    const isDue = entered.current === query;
    // Who has typed on no longer means it, even where the query becomes the same again.
    entered.current = null;
    if (isDue && chosen !== undefined) take(chosen);
  });

  const step = (by: number) => {
    entered.current = null;
    const next = hits[(at + by + hits.length) % hits.length];
    if (!isLate && next !== undefined) setWalked({ query, id: next.id });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (event.key !== 'Enter') return;
    else if (isLate) entered.current = query;
    else if (chosen !== undefined) take(chosen);
    event.preventDefault();
  };
  return { chosen, onKeyDown };
}

import { create } from 'zustand';
import type { Place } from './place.ts';
import type { TimeSpan } from './shared-time.ts';
import { hearWindows, tellWindows } from './window-channel.ts';

interface TimeSpanState {
  readonly span: TimeSpan | null;
  /** False while it is still being drawn. */
  readonly settled: boolean;
  /** Grows with every settled choice: who has followed one need not follow it again. */
  readonly serial: number;
}

export const useTimeSpan = create<TimeSpanState>()(() => ({ span: null, settled: true, serial: 0 }));

export function selectSpan(span: TimeSpan | null, { settled = true }: { settled?: boolean } = {}): void {
  choose(span, settled);
  tellWindows({ type: 'span', span, settled });
}

/** Takes over what is chosen in other windows; returns the way to stop. */
export function followTimeSpan(): () => void {
  return hearWindows((message) => {
    if (message.type === 'span') choose(message.span, message.settled);
  });
}

function choose(span: TimeSpan | null, settled: boolean): void {
  useTimeSpan.setState(({ serial }) => ({ span, settled, serial: settled ? serial + 1 : serial }));
}

/** The chosen stretch where it belongs to this session. */
export function useSpanOf(place: Place): TimeSpan | null {
  return useTimeSpan(({ span }) => (span !== null && isSpanOf(span, place) ? span : null));
}

export function isSpanOf(
  span: TimeSpan,
  { path, sessionId }: { readonly path: string; readonly sessionId?: string | undefined },
): boolean {
  return span.path === path && span.sessionId === sessionId;
}

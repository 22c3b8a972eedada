import { create } from 'zustand';
import type { Place } from './place.ts';
import { hearWindows, tellWindows } from './window-channel.ts';

/**
 * The stretch of time of a session that a person chose: the one that all views follow. Its times stand on one named
 * clock; each view converts them to its own.
 */
export interface TimeSpan extends Place {
  /** DAQ system whose clock it is; null for a clock that every device knows itself, such as `utc`. */
  readonly device: string | null;
  /** Epoch of the device, where its clock starts anew in each; null where the clock goes on through all. */
  readonly epoch: string | null;
  /** Clock type of NDI. */
  readonly clock: string;
  /** Seconds on that clock. */
  readonly t0: number;
  readonly t1: number;
  /** Epochs of DAQ systems that lie in it, at least in part. */
  readonly epochs: readonly { readonly device: string; readonly epochId: string }[];
}

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

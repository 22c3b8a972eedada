import type { SignalSource } from '../../shared/contract/recordings.ts';
import type { ClockLine } from '../../shared/model/clock-lines.ts';
import { mapTime, reverseMapping } from '../../shared/model/time-mapping.ts';
import { client } from './client.ts';
import { useRevision } from './edits.ts';
import { isSpanOf, useTimeSpan } from './time-span.ts';
import { useAnswer } from './use-answer.ts';

/** Seconds on one clock. */
interface Range {
  readonly t0: number;
  readonly t1: number;
}

interface LineOfEpoch extends ClockLine {
  readonly epochId: string;
}

/**
 * The part of an epoch that lies in a stretch of another clock; null where nothing of it does.
 * @param lines of the epoch's own clock on that other one, in order of time
 * @param epochId limits the other clock to one epoch; null where it goes on through all
 */
export function spanHere(lines: readonly LineOfEpoch[], span: Range, epochId: string | null): Range | null {
  const parts = lines.flatMap(({ fromSec, toSec, mapping, epochId: theirs }) => {
    if (epochId !== null && theirs !== epochId) return [];
    const back = reverseMapping(mapping);
    const t0 = Math.max(fromSec, mapTime(back, span.t0));
    const t1 = Math.min(toSec, mapTime(back, span.t1));
    return t0 < t1 ? [{ t0, t1 }] : [];
  });
  if (parts.length === 0) return null;
  return { t0: Math.min(...parts.map(({ t0 }) => t0)), t1: Math.max(...parts.map(({ t1 }) => t1)) };
}

/** How the source's clock stands on that of the chosen span; undefined while that is not known, or nothing relates them. */
export function useLinesOfSpan(source: SignalSource, visible: boolean): readonly LineOfEpoch[] | undefined {
  // Its clock alone: the span itself changes with every movement of the pointer.
  const clock = useTimeSpan(({ span }) =>
    span === null || !isSpanOf(span, source) ? '' : JSON.stringify([span.device, span.clock]),
  );
  const key = ['span', JSON.stringify(source), clock, useRevision(source.path), visible].join('\n');
  const answer = useAnswer(key, async (signal) => {
    if (clock === '' || !visible) return undefined;
    const [device, type] = JSON.parse(clock) as [string | null, string];
    // A clock that every device knows itself is that of the source's own epoch.
    const own = { device: source.device ?? '', epoch: source.epoch ?? '' };
    const to = { ...(device === null ? own : { device }), clock: type };
    return (await client.sync.signalTimes({ source, to }, { signal })).lines;
  });
  return answer.value;
}

/** The part of the chosen span that lies in an epoch, on its own clock; null where none does, or nothing is chosen. */
export function useSpanIn(source: SignalSource, visible: boolean): Range | null {
  const lines = useLinesOfSpan(source, visible);
  const span = useTimeSpan((state) => (state.settled ? state.span : null));
  return span === null || lines === undefined || !isSpanOf(span, source) ? null : spanHere(lines, span, span.epoch);
}

import { type ClockType, needsEpoch, parseClockType } from './clocks.ts';
import type { JsonObject } from './document-json.ts';
import { textOf } from './documents.ts';
import { NdiError } from './errors.ts';

/**
 * What a number of seconds counts from: a clock of something with epochs (a DAQ system, a probe, an element), an epoch
 * where the clock needs one, and a time that is added.
 */
export interface TimeReference {
  /** Name as the sync graph knows it: `intan1`, `probe: cortex | 1`, `element: unit1 | 1`. */
  readonly setName: string;
  readonly setClass: string;
  readonly clock: ClockType;
  /** Null on a global clock: the epoch is then found by the time. */
  readonly epochId: string | null;
  readonly sessionId: string;
  /** Seconds; a time t means `time + t` on the clock. */
  readonly time: number;
}

/**
 * The reference, checked.
 * @throws NdiError usage.invalid where the clock restarts in every epoch and none is named
 */
export function timeReference(reference: TimeReference): TimeReference {
  if (reference.epochId !== null || !needsEpoch(reference.clock)) return reference;
  throw new NdiError({
    code: 'usage.invalid',
    message: `Time on ${reference.clock} is local; an epoch must be named.`,
    recovery: 'Name the epoch.',
    details: { clock: reference.clock, referent: reference.setName },
  });
}

/** The form in which documents hold a reference (daq-epochs-time reference, section 17.4). */
export function storedTimeReference(reference: TimeReference): JsonObject {
  return {
    referent_epochsetname: reference.setName,
    referent_classname: reference.setClass,
    clocktypestring: reference.clock,
    epoch: reference.epochId ?? '',
    session_ID: reference.sessionId,
    time: reference.time,
  };
}

/** @throws NdiError document.invalid for a clock that is none, usage.invalid as {@link timeReference} */
export function parseTimeReference(stored: JsonObject): TimeReference {
  const epoch = stored['epoch'];
  return timeReference({
    setName: textOf(stored['referent_epochsetname']),
    setClass: textOf(stored['referent_classname']),
    clock: parseClockType(textOf(stored['clocktypestring'])),
    epochId: typeof epoch === 'number' ? String(epoch) : textOf(epoch) || null,
    sessionId: textOf(stored['session_ID']),
    time: typeof stored['time'] === 'number' ? stored['time'] : 0,
  });
}

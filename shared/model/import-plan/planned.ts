import type { ProbeMapEntry } from '../epoch-probe-map.ts';
import type { PathMatch } from '../import-pattern/match.ts';
import type { FoundRecording, ReaderChoice } from './choices.ts';

/** What would not go, or should be looked at, with the recordings it is about. */
export interface PlanProblem {
  readonly grade: 'blocks' | 'shouldFix' | 'note';
  readonly code: string;
  readonly message: string;
  readonly paths: string[];
}

export interface PlannedRecording<F extends FoundRecording = FoundRecording> {
  readonly found: F;
  readonly device: string;
  readonly reader: ReaderChoice;
  /** Local identifier; empty while nobody has named it. */
  readonly subject: string;
  readonly probes: readonly ProbeMapEntry[];
  /** What the pattern reads from its path; null where it does not fit or there is none. */
  readonly match: PathMatch | null;
}

/** Recordings of different devices that were made at one time. */
export interface PlannedEpoch<F extends FoundRecording = FoundRecording> {
  /** The key of its first recording. */
  readonly key: string;
  /** Null: NDI makes one. */
  readonly epochId: string | null;
  readonly recordings: readonly PlannedRecording<F>[];
}

export interface PlannedSession<F extends FoundRecording = FoundRecording> {
  /** Made of what the pattern read; empty for the one session of an import, which somebody names. */
  readonly reference: string;
  /** Folder below the scanned one, with forward slashes; empty for the scanned folder itself. */
  readonly place: string;
  readonly epochs: readonly PlannedEpoch<F>[];
}

export interface ImportPlan<F extends FoundRecording = FoundRecording> {
  readonly sessions: readonly PlannedSession<F>[];
  /** Recordings that go into no session, because the pattern does not fit their paths. */
  readonly unmatched: readonly F[];
  readonly problems: readonly PlanProblem[];
}

/** A probe as an import proposes it or somebody describes it: NDI's row of a probe map without device and subject. */
export interface ProbeChoice {
  readonly name: string;
  readonly reference: number;
  readonly type: string;
  /** As in a device string: `ai1-16;di2`. */
  readonly channels: string;
}

/** By which class NDI reads recordings, and for the class of NDR by which of its readers. */
export interface ReaderChoice {
  readonly readerClass: string;
  readonly readerArgument?: string | undefined;
}

/** A recording that a scan found. */
export interface FoundRecording {
  /** Its path below the scanned folder, with forward slashes. */
  readonly key: string;
  /** The file or folder by which it is opened. */
  readonly path: string;
  /** Its files, main file first. */
  readonly files: readonly string[];
  readonly device: string;
  readonly reader: ReaderChoice;
  /** All its channels, as in a device string. */
  readonly channelList: string;
  readonly probes: readonly ProbeChoice[];
}

/** What somebody says of one recording, other than what the scan proposed. */
export interface RecordingEdit {
  readonly device?: string | undefined;
  readonly reader?: ReaderChoice | undefined;
  /** Of the epoch that it belongs to. */
  readonly epochId?: string | undefined;
  /** Local identifier, `name@lab`. */
  readonly subject?: string | undefined;
  readonly probes?: readonly ProbeChoice[] | undefined;
}

/** Everything that somebody says of what a scan found. Recordings are named by their keys. */
export interface ImportChoices {
  readonly exclude: readonly string[];
  /** Recordings of different devices that are one epoch. */
  readonly merges: readonly (readonly string[])[];
  /** Recordings that are epochs of their own, although the pattern puts them together with others. */
  readonly alone: readonly string[];
  readonly recordings: Readonly<Record<string, RecordingEdit>>;
  /** How paths tell subject, session, date and epoch (`import-pattern`). */
  readonly pattern?: string | undefined;
  /** Whether each subject, date and session of the pattern is a session of its own. */
  readonly sessions: 'one' | 'each';
  /** Added to subjects of the pattern: `mouse12` → `mouse12@lab.org`. */
  readonly subjectLab?: string | undefined;
  /** Subject of all recordings for which nothing else is said. */
  readonly subject?: string | undefined;
}

export const noChoices: ImportChoices = { exclude: [], merges: [], alone: [], recordings: {}, sessions: 'one' };

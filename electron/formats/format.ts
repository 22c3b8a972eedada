import type { Channel, RecordingInfo, SignalEvent } from '../../shared/contract/recordings.ts';

/**
 * One acquisition format. A reader never loads a whole file: it parses the header and tells where the samples lie;
 * `electron/signal` reads, converts and reduces them for all formats.
 *
 * Everything here runs in a worker thread and may use synchronous file calls.
 */
export interface RecordingFormat {
  /** `intan-rhd`, `blackrock`, ... */
  readonly id: string;
  /** The format's name for people. */
  readonly name: string;
  /** Decides by content. `null`: certainly not this format. */
  sniff(candidate: FileCandidate): Sniff | null;
  /**
   * Reads the headers.
   * @throws NdiError format.* naming the path, the field, its value and the offset
   */
  open(path: string, files: readonly string[]): OpenRecording;
}

/** A file to be recognised: its first bytes and its neighbours. */
export interface FileCandidate {
  readonly path: string;
  readonly sizeBytes: number;
  /** The first bytes (up to 64 KiB). */
  readonly head: Uint8Array;
  /** Names in the same folder. */
  readonly siblings: readonly string[];
}

/** A recognised recording. */
export interface Sniff {
  readonly format: string;
  /** All files that belong to it, main file first. A folder layout lists the folder's files. */
  readonly files: readonly string[];
  /** The file or folder by which the recording is opened. */
  readonly path: string;
  readonly why: readonly string[];
}

/** Integer and float words as they lie in files. */
export type SampleWord = 'i8' | 'u8' | 'i16' | 'u16' | 'i24' | 'i32' | 'u32' | 'f32' | 'f64';

/**
 * Where the samples of a run of equal blocks lie. Sample s (0-based in the run) of channel c is at byte
 * `offset + floor(s / samplesPerBlock) * blockBytes + channelOffset[c] + (s mod samplesPerBlock) * sampleBytes`.
 * Interleaved rows are blocks of one sample (or one block of all: `samplesPerBlock` = Infinity); Intan is 60 or 128.
 */
export interface BlockRun {
  readonly file: string;
  readonly offset: number;
  readonly blockBytes: number;
  readonly samplesPerBlock: number;
  readonly sampleBytes: number;
  /** Samples in the run. */
  readonly samples: number;
  /** Index of the run's first sample in its stream. */
  readonly firstSample: number;
  /** Seconds of the first sample on the device's clock. */
  readonly t0: number;
}

/** Channels that share rate and clock: their samples s lie at the same times. */
export interface SignalStream {
  readonly sampleRate: number;
  readonly word: SampleWord;
  readonly channels: readonly StreamChannel[];
  /** One a segment (or more, where a segment spans files), in order of samples. */
  readonly runs: readonly BlockRun[];
}

export interface StreamChannel {
  readonly channel: Channel;
  /** Byte offset of the channel's first sample within a block. */
  readonly channelOffset: number;
  /** Set for one line of a digital word: value = (word >> bit) & 1. */
  readonly bit?: number;
  /** Where the channel lies in a file of its own: replaces the run's file. */
  readonly file?: string;
}

/** A recording whose headers have been read. Holds no file handle. */
export interface OpenRecording {
  readonly info: Omit<RecordingInfo, 'kind' | 'why'>;
  readonly streams: readonly SignalStream[];
  /** Events of the named channels with from <= time < to (seconds of the device's clock), in order of time. */
  readEvents(
    channels: readonly Channel[],
    from: number,
    to: number,
    limit: number,
  ): { events: SignalEvent[]; total: number };
}

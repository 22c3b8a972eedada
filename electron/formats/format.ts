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
  /** Lower-case endings (`.rhd`) whose content this format claims; any other name is never even opened in a scan. */
  readonly extensions: readonly string[];
  /** Decides by content. `null`: certainly not this format, and its name does not say so either. */
  sniff(candidate: FileCandidate): Sniff | NearMiss | null;
  /**
   * Reads the headers.
   * @throws NdiError format.* naming the path, the field, its value and the offset; path.* for faults of the file
   */
  open(sniff: Sniff): OpenRecording;
  /** For folders that are one recording: the file among a folder's names whose `sniff` answers for the folder. */
  mainFile?(names: readonly string[]): string | undefined;
  /** For recordings that are a folder without a main file, such as the run of several streams; asked of folders only. */
  sniffFolder?(folder: string, names: readonly string[]): Sniff | null;
}

/** A file to be recognised: its first bytes and its neighbours. */
export interface FileCandidate {
  readonly path: string;
  readonly sizeBytes: number;
  /** The first bytes (a few KiB). */
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
  /** Set where `path` is a folder that only holds the recording, further down: what its format opens. */
  readonly inner?: string;
  readonly why: readonly string[];
}

/** A file whose name promises a format that its content does not keep. */
export interface NearMiss {
  readonly format: string;
  readonly path: string;
  /** Sentence: what the content is instead. */
  readonly refused: string;
}

export function isNearMiss(verdict: Sniff | NearMiss): verdict is NearMiss {
  return 'refused' in verdict;
}

/**
 * Words as they lie in files, of 16 bits. `x16` is an unsigned word whose top bit was inverted
 * (Intan's auxiliary inputs among the amplifiers).
 */
export type SampleWord = 'i16' | 'u16' | 'x16';

/**
 * Where the samples of a run of equal blocks lie. Sample s (0-based in the run) of channel c is at position
 * p = `first` + s, that is at byte
 * `offset` + floor(p / `samplesPerBlock`) * `blockBytes` + channelOffset[c] + (p mod `samplesPerBlock`) * word size.
 * Interleaved rows are blocks of one sample; Intan has 60 or 128.
 */
export interface BlockRun {
  readonly file: string;
  /** Byte of block 0. */
  readonly offset: number;
  readonly blockBytes: number;
  readonly samplesPerBlock: number;
  /** Position of the run's first sample, counted in samples from block 0. */
  readonly first: number;
  /** Samples in the run. */
  readonly samples: number;
  /** Index of the run's first sample in its stream. */
  readonly firstSample: number;
  /** Seconds of the first sample on the device's clock. */
  readonly t0: number;
}

/** Channels that share file, rate and clock: their samples s lie at the same times. */
export interface SignalStream {
  readonly sampleRate: number;
  readonly word: SampleWord;
  readonly channels: readonly StreamChannel[];
  /** One a segment (or more, where a segment spans blocks or files), in order of samples. */
  readonly runs: readonly BlockRun[];
  /**
   * Set where the samples are no 16-bit words in blocks (wider words, floats, packed fields, scattered pieces): the
   * stream decodes its own ranges. `word` then says nothing; `blockBytes` and `samplesPerBlock` of the runs say what a
   * sample costs, and further what the decoder makes of them. `decodeWords` makes decoders for all other words.
   */
  readonly decode?: RangeDecoder;
}

/**
 * Writes physical values of the samples [from, to) of a run: channel k to `out[k]`, from 0 on. Time channels are not
 * among them. Called with pieces of bounded length that never cross a run's end.
 *
 * @throws NdiError of `read`, format.*
 */
export type RangeDecoder = (
  read: ReadBytes,
  run: BlockRun,
  channels: readonly StreamChannel[],
  from: number,
  to: number,
  out: readonly Float64Array[],
) => void;

/**
 * Fills `bytes` from a position of a file.
 * @throws NdiError path.vanished, path.ioFault, format.truncated
 */
export type ReadBytes = (file: string, bytes: Uint8Array, position: number) => void;

export interface StreamChannel {
  readonly channel: Channel;
  /** Byte offset of the channel's first sample within a block. */
  readonly channelOffset: number;
  /** Set for one line of a digital word: value = (word >> bit) & 1. */
  readonly bit?: number;
  /** Set for a time channel: its values are the times of the stream's samples; nothing is read. */
  readonly time?: true;
}

/** A recording whose headers have been read. Holds no file handle. */
export interface OpenRecording {
  readonly info: RecordingInfo;
  readonly streams: readonly SignalStream[];
  /**
   * Events of the named channels with from <= time < to (seconds of the device's clock), in order of time; at most
   * `limit` of them, `total` counts all.
   */
  readEvents(names: ReadonlySet<string>, from: number, to: number, limit: number): EventList;
}

export interface EventList {
  readonly events: SignalEvent[];
  readonly total: number;
}

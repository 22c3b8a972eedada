import { statSync } from 'node:fs';
import { toReadFault, vanished } from '../formats/file-faults.ts';
import type { OpenRecording } from '../formats/format.ts';
import { openRecording } from '../formats/registry.ts';

const MAX_RECORDINGS = 64;
/** Of a recording of very many files (one a channel) so many are looked at. */
const MAX_STAMPED_FILES = 16;

/** Headers that were read, kept by path as long as none of the files changes (time of writing, size). */
export class RecordingCache {
  readonly #open: (path: string) => OpenRecording;
  readonly #entries = new Map<string, { recording: OpenRecording; stamp: string; bytes: number }>();

  /** @param open reads the headers of what is not kept */
  constructor(open: (path: string) => OpenRecording = openRecording) {
    this.#open = open;
  }

  /** @throws NdiError path.vanished when a file has gone since, else path.* and format.* */
  open(path: string): OpenRecording {
    const known = this.#entries.get(path);
    if (known !== undefined) {
      this.#entries.delete(path);
      if (stampOf(known.recording, true) === known.stamp) {
        // Put last again: the first entry is the one that waited longest.
        this.#entries.set(path, known);
        return known.recording;
      }
    }
    const recording = this.#open(path);
    const bytes = 400 * recording.info.channels.length + 200 * recording.info.segments.length;
    this.#entries.set(path, { recording, stamp: stampOf(recording, false), bytes });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= MAX_RECORDINGS) break;
      this.#entries.delete(oldest);
    }
    return recording;
  }

  /** What the files of a recording that is open are: changes whenever one of them does. */
  stampOf(path: string): string {
    return this.#entries.get(path)?.stamp ?? '';
  }

  /** About how much memory the headers take. */
  get bytes(): number {
    return [...this.#entries.values()].reduce((sum, entry) => sum + entry.bytes, 0);
  }

  clear(): void {
    this.#entries.clear();
  }
}

function stampOf(recording: OpenRecording, wasOpen: boolean): string {
  const files = recording.info.files.slice(0, MAX_STAMPED_FILES);
  const stamps = files.map((path) => {
    try {
      const { mtimeMs, size } = statSync(path);
      return `${mtimeMs}:${size}`;
    } catch (error) {
      const fault = toReadFault(error, path);
      throw wasOpen && fault.code === 'path.missing' ? vanished(path, error) : fault;
    }
  });
  return stamps.join(' ');
}

import { closeSync, openSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { naturalOrder } from '../../shared/model/natural-order.ts';
import { toReadFault } from './file-faults.ts';
import { startsWith } from './foreign-content.ts';
import type { FileCandidate, Sniff } from './format.ts';

/** Of a folder's files so many are looked at before it is given up. */
const MAX_LOOKS = 32;

/** A format whose recording is a folder of files that each begin with the same mark. */
interface MarkedFolder {
  readonly format: string;
  /** What people call its files. */
  readonly maker: string;
  /** ASCII. */
  readonly mark: string;
  /** What is said of a file that has the mark, after its name. */
  readonly because: string;
  /** What the names of all its files end in. */
  readonly ending: RegExp;
  /** What the names of files with continuous data end in. */
  readonly continuous: RegExp;
}

/** Recognises a folder by any file of it that begins with the format's mark. */
export class FolderSniffer {
  readonly #kind: MarkedFolder;
  readonly #mark: readonly number[];

  constructor(kind: MarkedFolder) {
    this.#kind = kind;
    this.#mark = Array.from(kind.mark, (character) => character.charCodeAt(0));
  }

  /** The folder's recording that the file belongs to; null when the file is not of this format. */
  ofFile({ path, head, siblings }: FileCandidate): Sniff | null {
    const isOurs = startsWith(head, this.#mark) && this.#kind.ending.test(path);
    return isOurs ? this.#sniff(dirname(path), basename(path), siblings) : null;
  }

  /** @throws NdiError path.* */
  ofFolder(folder: string, names: readonly string[]): Sniff | null {
    const found = this.#sorted(names)
      .slice(0, MAX_LOOKS)
      .find((name) => startsWith(firstBytes(join(folder, name), this.#mark.length), this.#mark));
    return found === undefined ? null : this.#sniff(folder, found, names);
  }

  #sniff(folder: string, known: string, names: readonly string[]): Sniff {
    const { format, maker, because } = this.#kind;
    const files = this.#sorted(names);
    const why = [`${known} ${because}`];
    if (files.length > 1) why.push(`The ${files.length} ${maker} files of the folder are one recording.`);
    return { format, path: folder, files: files.map((name) => join(folder, name)), why };
  }

  #sorted(names: readonly string[]): string[] {
    return sortChannelFiles(names, this.#kind.ending, this.#kind.continuous);
  }
}

/**
 * The files of a recording that has a file for each channel: continuous data first, in natural order (CH2 before CH10,
 * and CH1 before its second part CH1_2).
 * @param ending what the names of all its files end in
 * @param continuous what the names of files with continuous data end in
 */
function sortChannelFiles(names: readonly string[], ending: RegExp, continuous: RegExp): string[] {
  const isContinuous = (name: string) => Number(continuous.test(name));
  return names
    .filter((name) => ending.test(name))
    .sort((a, b) => isContinuous(b) - isContinuous(a) || naturalOrder.compare(stemOf(a), stemOf(b)));
}

function stemOf(name: string): string {
  return name.replace(/\.[^.]*$/, '');
}

/** Up to `length` bytes from the start of a file. @throws NdiError path.* */
function firstBytes(path: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  try {
    const handle = openSync(path, 'r');
    try {
      return bytes.subarray(0, readSync(handle, bytes, 0, length, 0));
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw toReadFault(error, path);
  }
}

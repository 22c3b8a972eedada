import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { contentOf, scaleOf } from '../ced/contents.ts';
import type { CedContents, CedEvents, CedWave } from '../ced/contents.ts';
import { toRecording } from '../ced/recording.ts';
import { withFile, type FileBytes } from '../file-bytes.ts';
import { refusal } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, OpenRecording, RecordingFormat, Sniff } from '../format.ts';
import { shouldFix } from '../problems.ts';
import { readEventBlocks, readWaveBlocks, type ReadBlocks } from './blocks.ts';
import { readHeader, type Son64Channel, type Son64Header } from './header.ts';
import { findBlocks } from './lookup.ts';

const FORMAT = 'ced-smrx';
const MAGIC = 'S64';

/** CED Spike2, 64-bit SON files. */
export const cedSmrx: RecordingFormat = {
  id: FORMAT,
  name: 'CED Spike2 (64-bit)',
  extensions: ['.smrx'],
  sniff,
  open,
};

function sniff({ path, head }: FileCandidate): Sniff | NearMiss | null {
  const named = /\.smrx$/i.test(path);
  const isOurs = String.fromCharCode(...head.subarray(0, 3)) === MAGIC && head[5] === 0;
  if (!isOurs) return named ? { format: FORMAT, path, refused: refusal(head, 'CED Spike2') } : null;
  const why = [`The file begins with ${MAGIC}, the mark of Spike2's files of 64 bits.`];
  if (!named) why.push(`The name ${basename(path)} does not say so.`);
  return { format: FORMAT, path, files: [path], why };
}

function open(found: Sniff): OpenRecording {
  return withFile(found.path, (file) => {
    const header = readHeader(file);
    const problems: Problem[] = [];
    const contents = readContents(file, header, problems);
    const { version, startedAt } = header;
    return toRecording(found, contents, { formatName: cedSmrx.name, version, startedAt, problems });
  });
}

function readContents(file: FileBytes, header: Son64Header, problems: Problem[]): CedContents {
  const waves: CedWave[] = [];
  const events: CedEvents[] = [];
  let { lastTick } = header;
  // What is written behind the end that the head tells was added after it: counts in the heads are stale.
  const isOpen = file.size > header.end;
  if (isOpen) {
    const message = `The file was not closed: ${file.size - header.end} bytes more than its head tells are looked at.`;
    problems.push(shouldFix('format.truncated', message, file.path));
  }
  for (const channel of header.channels) {
    const number = channel.slot + 1;
    const content = contentOf(channel.kind);
    const isWave = content === 'i16' || content === 'f32';
    if (content === null || (isWave && channel.ticksPerSample <= 0)) {
      const why = content === null ? `its kind ${channel.kind} is not known` : 'it has no sampling interval';
      problems.push(shouldFix('format.invalid', `Channel ${number} is left out: ${why}.`, file.path));
      continue;
    }
    const positions = blocksOf(file, channel, isOpen, problems);
    const { title } = channel;
    if (isWave) {
      const read = readWaveBlocks(file, channel, positions);
      tellFault(number, read, file, header, problems);
      const scale = scaleOf(content, { ...channel, number }, file.path, problems);
      waves.push({ number, title, word: content, ...scale, index: read.held });
      lastTick = Math.max(lastTick, read.lastTick);
    } else {
      const read = readEventBlocks(file, channel, positions);
      tellFault(number, read, file, header, problems);
      const text = { at: 16, bytes: channel.extraBytes, encoding: 'utf-8' as const };
      const item = { bytes: channel.itemBytes, tickBytes: 8 as const, text };
      events.push({ number, title, type: content, item, pieces: read.held });
      lastTick = Math.max(lastTick, read.lastTick);
    }
  }
  return { secondsPerTick: header.secondsPerTick, lastTick, waves, events };
}

/** Of a file that was closed, blocks beyond those in use wait to be used again. */
function blocksOf(file: FileBytes, channel: Son64Channel, isOpen: boolean, problems: Problem[]): readonly number[] {
  const { positions, fault } = findBlocks(file, channel);
  const wanted = isOpen ? positions.length : channel.blocks;
  if (fault !== null || positions.length < wanted) {
    const why = fault ?? `its index leads to ${positions.length} of ${wanted} blocks`;
    problems.push(shouldFix('format.invalid', `Channel ${channel.slot + 1} is not complete: ${why}.`, file.path));
  }
  return positions.slice(0, wanted);
}

function tellFault(
  number: number,
  { fault }: ReadBlocks<unknown>,
  file: FileBytes,
  header: Son64Header,
  problems: Problem[],
): void {
  if (fault === null) return;
  const code = file.size < header.end ? 'format.truncated' : 'format.invalid';
  problems.push(shouldFix(code, `Channel ${number} is not complete: ${fault}.`, file.path));
}

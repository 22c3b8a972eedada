import { basename } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { contentOf, kinds, Pieces, scaleOf, WaveIndex } from '../ced/contents.ts';
import type { CedContents, CedEvents, CedWave, EventType } from '../ced/contents.ts';
import { toRecording } from '../ced/recording.ts';
import { withFile, type FileBytes } from '../file-bytes.ts';
import { refusal } from '../foreign-content.ts';
import type { FileCandidate, NearMiss, OpenRecording, RecordingFormat, Sniff } from '../format.ts';
import { shouldFix } from '../problems.ts';
import { findBlocks, type SonBlock } from './blocks.ts';
import { COPYRIGHT, readHeader, type SonChannel, type SonHeader } from './header.ts';

const FORMAT = 'ced-smr';

/** CED Spike2, 32-bit SON files of revisions 1 to 9. */
export const cedSmr: RecordingFormat = {
  id: FORMAT,
  name: 'CED Spike2 (32-bit)',
  extensions: ['.smr', '.son'],
  sniff,
  open,
};

function sniff({ path, head }: FileCandidate): Sniff | NearMiss | null {
  const named = /\.(smr|son)$/i.test(path);
  const copyright = String.fromCharCode(...head.subarray(2, 2 + COPYRIGHT.length));
  if (copyright !== COPYRIGHT) return named ? { format: FORMAT, path, refused: refusal(head, 'CED Spike2') } : null;
  const why = [`The file has CED's mark ${COPYRIGHT} at its third byte.`];
  if (!named) why.push(`The name ${basename(path)} does not say so.`);
  return { format: FORMAT, path, files: [path], why };
}

function open(found: Sniff): OpenRecording {
  return withFile(found.path, (file) => {
    const header = readHeader(file);
    const problems: Problem[] = [];
    const contents = readContents(file, header, problems);
    return toRecording(found, contents, {
      formatName: cedSmr.name,
      version: String(header.revision),
      startedAt: header.startedAt,
      problems,
    });
  });
}

function readContents(file: FileBytes, header: SonHeader, problems: Problem[]): CedContents {
  const waves: CedWave[] = [];
  const events: CedEvents[] = [];
  let { lastTick } = header;
  for (const channel of header.channels) {
    const content = contentOf(channel.kind);
    const isWave = content === 'i16' || content === 'f32';
    if (content === null || (isWave && channel.ticksPerSample <= 0)) {
      const why = content === null ? `its kind ${channel.kind} is not known` : 'it has no sampling interval';
      problems.push(shouldFix('format.invalid', `Channel ${channel.number} is left out: ${why}.`, file.path));
      continue;
    }
    const blocks = findBlocks(file, header, channel, itemBytes(channel, content), problems);
    lastTick = Math.max(lastTick, blocks.at(-1)?.lastTick ?? -1);
    if (isWave) waves.push(toWave(channel, content, blocks, file.path, problems));
    else events.push(toEvents(channel, content, blocks, file.path, problems));
  }
  return { secondsPerTick: header.secondsPerTick, lastTick, waves, events };
}

function itemBytes({ extraBytes }: SonChannel, content: 'i16' | 'f32' | EventType): number {
  switch (content) {
    case 'i16':
      return 2;
    case 'f32':
    case 'event':
      return 4;
    case 'marker':
    case 'text':
      return 8 + extraBytes;
  }
}

function toWave(
  channel: SonChannel,
  word: 'i16' | 'f32',
  blocks: readonly SonBlock[],
  path: string,
  problems: Problem[],
): CedWave {
  const { number, title, ticksPerSample } = channel;
  const index = new WaveIndex(ticksPerSample);
  let odd = 0;
  for (const { itemsAt, firstTick, lastTick, items, missing } of blocks) {
    if (firstTick + (items + missing - 1) * ticksPerSample !== lastTick) odd += 1;
    index.add(itemsAt, firstTick, items);
  }
  if (odd > 0) {
    const message = `${odd} blocks of channel ${number} have another number of samples than their times tell.`;
    problems.push(shouldFix('format.invalid', message, path));
  }
  return { number, title, word, ...scaleOf(word, channel, path, problems), index };
}

function toEvents(
  channel: SonChannel,
  type: EventType,
  blocks: readonly SonBlock[],
  path: string,
  problems: Problem[],
): CedEvents {
  const { number, title, kind, extraBytes } = channel;
  // Markers with words behind their codes have whole words.
  const word = kind === kinds.adcMark ? 2 : kind === kinds.realMark ? 4 : 1;
  if (extraBytes % word !== 0) {
    const message = `The markers of channel ${number} have ${extraBytes} bytes of data, which are no whole words.`;
    problems.push(shouldFix('format.invalid', message, path));
  }
  const pieces = new Pieces();
  for (const { itemsAt, items } of blocks) pieces.add(itemsAt, items);
  const text = { at: 8, bytes: extraBytes, encoding: 'latin1' as const };
  return { number, title, type, item: { bytes: itemBytes(channel, type), tickBytes: 4, text }, pieces };
}

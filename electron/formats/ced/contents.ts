import type { Problem } from '../../../shared/contract/common.ts';
import type { ChannelTypeName } from '../../../shared/model/channels.ts';
import { tellsApart } from '../channels.ts';
import { shouldFix } from '../problems.ts';
import type { ScatteredPieces } from '../scattered-words.ts';

/** Kinds of channels, of the same numbers in both of CED's formats; 0 is a channel that is not used. */
export const kinds = {
  off: 0,
  adc: 1,
  eventFall: 2,
  eventRise: 3,
  level: 4,
  marker: 5,
  adcMark: 6,
  realMark: 7,
  textMark: 8,
  realWave: 9,
} as const;

/** What a channel of a kind holds: words of a wave, or events of a type. Null for kinds that do not exist. */
export function contentOf(kind: number): 'i16' | 'f32' | EventType | null {
  switch (kind) {
    case kinds.adc:
      return 'i16';
    case kinds.realWave:
      return 'f32';
    case kinds.eventFall:
    case kinds.eventRise:
    case kinds.level:
      return 'event';
    case kinds.marker:
    case kinds.adcMark:
    case kinds.realMark:
      return 'marker';
    case kinds.textMark:
      return 'text';
    default:
      return null;
  }
}

export type EventType = Extract<ChannelTypeName, 'event' | 'marker' | 'text'>;

/**
 * The scale of a wave's stored words: of integers, a word is worth scale / 6553.6; floats are the values themselves.
 * Integers whose scale tells nothing stay as they are, and it is said.
 */
export function scaleOf(
  word: 'i16' | 'f32',
  channel: { readonly number: number; readonly units: string; readonly scale: number; readonly offset: number },
  path: string,
  problems: Problem[],
): Pick<CedWave, 'units' | 'gain' | 'offset'> {
  const { number, units, scale, offset } = channel;
  if (word === 'f32') return { units, gain: 1, offset: 0 };
  const gain = scale / 6553.6;
  if (tellsApart({ gain, offset })) return { units, gain, offset };
  const message = `Channel ${number} has no usable scale (${scale}, ${offset}): its values are the stored words.`;
  problems.push(shouldFix('format.invalid', message, path));
  return { units: '', gain: 1, offset: 0 };
}

/** Where the items of a channel lie, in order of time. */
export class Pieces implements ScatteredPieces {
  readonly positions: number[] = [];
  readonly firsts: number[] = [];
  count = 0;

  add(position: number, items: number): void {
    if (items === 0) return;
    this.positions.push(position);
    this.firsts.push(this.count);
    this.count += items;
  }
}

/** A stretch of a wave without gaps. */
interface WaveSegment {
  readonly firstSample: number;
  readonly tick: number;
  samples: number;
}

/** Where the samples of a wave lie and where it is interrupted. */
export class WaveIndex {
  readonly pieces = new Pieces();
  readonly segments: WaveSegment[] = [];
  readonly ticksPerSample: number;
  /** Tick of the sample that would continue the wave. */
  next = -Infinity;

  constructor(ticksPerSample: number) {
    this.ticksPerSample = ticksPerSample;
  }

  add(position: number, tick: number, samples: number): void {
    if (samples === 0) return;
    const last = this.segments.at(-1);
    if (last !== undefined && tick === this.next) last.samples += samples;
    else this.segments.push({ firstSample: this.pieces.count, tick, samples });
    this.pieces.add(position, samples);
    this.next = tick + samples * this.ticksPerSample;
  }
}

interface CedChannel {
  /** As Spike2 shows it, from 1. */
  readonly number: number;
  readonly title: string;
}

export interface CedWave extends CedChannel {
  readonly word: 'i16' | 'f32';
  readonly units: string;
  readonly gain: number;
  readonly offset: number;
  readonly index: WaveIndex;
}

/** How an item of an event-like channel lies. */
export interface ItemLayout {
  readonly bytes: number;
  /** Bytes of the tick, which comes first; the four codes of a marker follow it. */
  readonly tickBytes: 4 | 8;
  /** Where the text of a text mark begins and how long it is at most. */
  readonly text: { readonly at: number; readonly bytes: number; readonly encoding: 'latin1' | 'utf-8' };
}

export interface CedEvents extends CedChannel {
  readonly type: EventType;
  readonly item: ItemLayout;
  readonly pieces: Pieces;
}

/** What either format tells of a file. */
export interface CedContents {
  readonly secondsPerTick: number;
  /** Tick of the last item. */
  readonly lastTick: number;
  readonly waves: readonly CedWave[];
  readonly events: readonly CedEvents[];
}

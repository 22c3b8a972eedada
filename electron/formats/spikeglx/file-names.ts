import { basename } from 'node:path';
import { naturalOrder } from '../../../shared/model/natural-order.ts';

/** What a name such as `RUN_g0_t3.imec0.ap.bin` says. */
export interface StreamName {
  /** Run and gate: `RUN_g0`. */
  readonly run: string;
  /** Number of the trigger, or `cat` for files that CatGT joined. */
  readonly trigger: string;
  /** `imec0.ap`, `imec0.lf`, `nidq`, `obx0.obx`. */
  readonly stream: string;
}

/** A run may itself contain `_g7`: the last ones count. */
const STREAM_NAME = /^(.*_g\d+)_t(\d+|cat)\.((?:imec\d*\.(?:ap|lf))|nidq|(?:obx\d*\.obx))\.bin$/i;

export function parseStreamName(path: string): StreamName | null {
  const [, run, trigger, stream] = STREAM_NAME.exec(basename(path)) ?? [];
  if (run === undefined || trigger === undefined || stream === undefined) return null;
  return { run, trigger: trigger.toLowerCase(), stream: stream.toLowerCase() };
}

/** Whether a name ends as SpikeGLX names its streams, whatever the run is called. */
export function endsAsStream(path: string): boolean {
  return /\.(imec\d*\.(ap|lf)|nidq|obx\d*\.obx)\.bin$/i.test(path);
}

export function metaName(binName: string): string {
  return binName.replace(/\.bin$/i, '.meta');
}

/** The board or probe that has its own clock: `imec0`, `nidq`. */
export function clockOf(stream: string): string {
  return stream.split('.')[0] ?? stream;
}

/** Probes first, by number, the AP band before the LF band; then the other boards. */
export function compareStreams(a: string, b: string): number {
  const rank = (stream: string) => ['imec', 'nidq', 'obx'].findIndex((kind) => stream.startsWith(kind));
  return rank(a) - rank(b) || naturalOrder.compare(a, b);
}

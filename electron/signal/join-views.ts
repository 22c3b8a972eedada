import type { ViewChannel, ViewFrame, ViewRun } from '../../shared/model/view-frame.ts';

/** Hands out places of a frame's body. */
export class BodyLayout {
  floats = 0;
  take(count: number): number {
    const at = this.floats;
    this.floats += count;
    return at;
  }
}

/** Puts parts of one view, in order, together. */
export function joinViews(parts: readonly ViewFrame[]): ViewFrame {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? emptyFrame;
  const layout = new BodyLayout();
  const copies: { from: Float32Array; to: number }[] = [];
  const channels = first.header.channels.map((channel): ViewChannel => {
    if (channel.mode === 'samples') {
      const runs = channel.runs.map((run) => {
        const at = layout.take(run.count);
        copies.push({ from: first.body.subarray(run.at, run.at + run.count), to: at });
        return { ...run, at };
      });
      return { ...channel, runs };
    }
    const runs = joinRuns(parts, channel.name).map(({ pieces, ...run }): ViewRun => {
      const at = layout.take(2 * run.count);
      let column = 0;
      for (const { body, piece } of pieces) {
        const { count } = piece;
        copies.push({ from: body.subarray(piece.at, piece.at + count), to: at + column });
        copies.push({ from: body.subarray(piece.at + count, piece.at + 2 * count), to: at + run.count + column });
        column += count;
      }
      return { ...run, at };
    });
    return { ...channel, runs };
  });
  const body = new Float32Array(layout.floats);
  for (const { from, to } of copies) body.set(from, to);
  const level = Math.max(...parts.map(({ header }) => header.level));
  const sampled = parts.reduce((sum, { header }) => sum + header.sampled, 0) / parts.length;
  return { header: { ...first.header, channels, level, sampled }, body };
}

interface JoinedRun {
  t0: number;
  dt: number;
  count: number;
  pieces: { body: Float32Array; piece: ViewRun }[];
}

/** Columns of all parts in order of time; those that follow each other without a gap become one run. */
function joinRuns(parts: readonly ViewFrame[], name: string): JoinedRun[] {
  const found = parts.flatMap(({ header, body }) => {
    const channel = header.channels.find((candidate) => candidate.name === name);
    return (channel?.runs ?? []).map((piece) => ({ body, piece }));
  });
  found.sort((a, b) => a.piece.t0 - b.piece.t0);
  const runs: JoinedRun[] = [];
  for (const one of found) {
    const { t0, dt, count } = one.piece;
    const last = runs.at(-1);
    if (last !== undefined && last.dt === dt && isAt(last.t0 + last.count * dt, one.piece)) {
      last.count += count;
      last.pieces.push(one);
    } else runs.push({ t0, dt, count, pieces: [one] });
  }
  return runs;
}

function isAt(end: number, { t0, dt }: ViewRun): boolean {
  return Math.abs(end - t0) < dt * 1e-3;
}

const emptyFrame: ViewFrame = {
  header: { t0: 0, t1: 0, columns: 0, channels: [], samplesPerColumn: 1, level: 0, sampled: 0 },
  body: new Float32Array(0),
};

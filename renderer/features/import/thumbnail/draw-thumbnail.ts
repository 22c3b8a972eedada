import type { ViewChannel, ViewFrame } from '../../../../shared/model/view-frame.ts';
import { readToken } from '../../../style/data-colors.ts';

/** Share of a lane that its signal fills. */
const FILL = 0.9;

/** Draws each channel of a frame in a lane of its own, scaled to its own range. Sizes in CSS pixels. */
export function drawThumbnail(canvas: HTMLCanvasElement, frame: ViewFrame, width: number, height: number): void {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(ratio, ratio);
  context.fillStyle = readToken('--ndi-plot-background');
  context.fillRect(0, 0, width, height);
  context.strokeStyle = readToken('--ndi-data-1');
  context.lineWidth = 1;
  const { channels, t0, t1 } = frame.header;
  const laneHeight = height / Math.max(1, channels.length);
  channels.forEach((channel, index) => {
    const lane = { top: index * laneHeight, height: laneHeight, range: rangeOf(channel, frame.body) };
    const toX = (time: number) => ((time - t0) / (t1 - t0)) * width;
    const toY = (value: number) => yIn(lane, value);
    context.beginPath();
    if (channel.mode === 'samples') traceSamples(context, channel, frame.body, toX, toY);
    else traceEnvelope(context, channel, frame.body, toX, toY);
    context.stroke();
  });
}

type ToPixel = (value: number) => number;

function traceSamples(
  context: CanvasRenderingContext2D,
  channel: ViewChannel,
  body: Float32Array,
  toX: ToPixel,
  toY: ToPixel,
): void {
  for (const { t0, dt, count, at } of channel.runs) {
    let pen = false;
    for (let index = 0; index < count; index += 1) {
      const value = body[at + index] ?? Number.NaN;
      // A value that is not finite leaves a gap.
      if (!Number.isFinite(value)) pen = false;
      else {
        if (pen) context.lineTo(toX(t0 + index * dt), toY(value));
        else context.moveTo(toX(t0 + index * dt), toY(value));
        pen = true;
      }
    }
  }
}

function traceEnvelope(
  context: CanvasRenderingContext2D,
  channel: ViewChannel,
  body: Float32Array,
  toX: ToPixel,
  toY: ToPixel,
): void {
  for (const { t0, dt, count, at } of channel.runs) {
    for (let index = 0; index < count; index += 1) {
      const min = body[at + index] ?? Number.NaN;
      const max = body[at + count + index] ?? Number.NaN;
      if (!Number.isFinite(min) || !Number.isFinite(max)) continue;
      const x = toX(t0 + (index + 0.5) * dt);
      // A column of one value would be a line without length.
      context.moveTo(x, toY(min) + 0.5);
      context.lineTo(x, toY(max) - 0.5);
    }
  }
}

interface Range {
  readonly min: number;
  readonly max: number;
}

function rangeOf(channel: ViewChannel, body: Float32Array): Range {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const { count, at } of channel.runs) {
    const values = channel.mode === 'envelope' ? 2 * count : count;
    for (const value of body.subarray(at, at + values)) {
      if (!Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? { min, max } : { min: 0, max: 0 };
}

function yIn(lane: { top: number; height: number; range: Range }, value: number): number {
  const { min, max } = lane.range;
  const share = max > min ? (value - min) / (max - min) : 0.5;
  return lane.top + lane.height * (1 - FILL) * 0.5 + lane.height * FILL * (1 - share);
}

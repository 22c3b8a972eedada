import type { Settings } from '../../../../shared/contract/application.ts';
import { createCanvasSurface } from './canvas-surface.ts';
import type { TraceSurface } from './trace-surface.ts';
import { createWebglSurface } from './webgl/webgl-surface.ts';

/** Renderers of WebGL that are programs on the CPU: own pixels are many times quicker there. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render|paravirtual/i;
/** A GPU draws the picture of the probe in less. */
const PROBE_MS = 6;

let isFast: boolean | null = null;
/** A context was lost: the machine's graphics are in trouble, and canvas 2D shows the same. */
let wasLost = false;

/** What draws traces on this machine, as the setting wishes: WebGL where there is a GPU, canvas 2D where there is none. */
export function chooseSurface(wish: Settings['traceRenderer']): TraceSurface {
  if (wish === 'canvas' || wasLost) return createCanvasSurface();
  if (wish === 'auto') isFast ??= probe();
  if (wish === 'auto' && isFast === false) return createCanvasSurface();
  return createWebglSurface({ refuseSlow: wish === 'auto' }) ?? createCanvasSurface();
}

/** Goes on without WebGL for as long as the page lives. */
export function surfaceWasLost(): TraceSurface {
  wasLost = true;
  return createCanvasSurface();
}

/** Whether WebGL is drawn by a GPU: what the context says of itself, else how long it takes. */
function probe(): boolean {
  const surface = createWebglSurface({ refuseSlow: true });
  if (surface === null) return false;
  const { gl } = surface;
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = names === null ? '' : gl.getParameter(names.UNMASKED_RENDERER_WEBGL);
  const told = typeof name === 'string' ? name : '';
  const fast = SOFTWARE.test(told) ? false : told !== '' && told !== 'WebKit WebGL' ? true : timeOf(surface) < PROBE_MS;
  surface.release();
  return fast;
}

/** Milliseconds of a picture of 64 traces; the first one, which is slower, does not count. */
function timeOf(surface: TraceSurface & { gl: WebGL2RenderingContext }): number {
  const [columns, channels] = [1000, 64];
  const body = Float32Array.from({ length: 2 * columns }, (_, index) => (index < columns ? -1 : 1));
  const channel = { name: '', units: '', mode: 'envelope' as const, runs: [{ t0: 0, dt: 1, count: columns, at: 0 }] };
  const header = { t0: 0, t1: columns, columns, channels: [channel], samplesPerColumn: 10, level: 0, sampled: 0 };
  const under = { background: 0, grid: 0, missing: 0, gridColumns: [], hatched: [] };
  const place = { t0: 0, pixelsPerSecond: 1, centre: 0, pixelsPerUnit: 6, color: 0xffffffff, thickness: 1, fromX: 0 };
  let start = 0;
  for (let round = 0; round < 2; round += 1) {
    start = performance.now();
    surface.begin(columns, 640, under);
    const frame = { header, body };
    for (let at = 0; at < channels; at += 1) {
      surface.trace(frame, channel, { ...place, baseline: 5 + 10 * at, toX: columns, smooth: true });
    }
    // Reading a pixel waits for the picture.
    surface.gl.readPixels(0, 0, 1, 1, surface.gl.RGBA, surface.gl.UNSIGNED_BYTE, new Uint8Array(4));
  }
  return performance.now() - start;
}

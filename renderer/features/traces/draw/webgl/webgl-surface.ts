import type { TraceSurface } from '../trace-surface.ts';
import { BODY_WIDTH, BodyTextures } from './body-textures.ts';
import { makeProgram } from './programs.ts';
import { hatchFragmentShader, hatchVertexShader, traceFragmentShader, traceVertexShader } from './shaders.ts';

interface WebglOptions {
  /** Refuses contexts that are known to be slow. */
  readonly refuseSlow: boolean;
}

/** Traces drawn by the GPU, off the screen, and put onto the view's canvas; null where there is no WebGL2. */
export function createWebglSurface({
  refuseSlow,
}: WebglOptions): (TraceSurface & { gl: WebGL2RenderingContext }) | null {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', {
    ...{ alpha: false, antialias: false, depth: false, stencil: false },
    failIfMajorPerformanceCaveat: refuseSlow,
  });
  if (gl === null) return null;
  const traces = makeProgram(gl, traceVertexShader, traceFragmentShader);
  const hatching = makeProgram(gl, hatchVertexShader, hatchFragmentShader);
  if (traces === null || hatching === null) {
    letGo(gl);
    return null;
  }
  const textures = new BodyTextures(gl);
  gl.bindVertexArray(gl.createVertexArray());
  let height = 0;
  let isWhole = true;
  return {
    kind: 'webgl',
    gl,
    begin(width, rows, { background, grid, missing, gridColumns, hatched }) {
      height = rows;
      isWhole = true;
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== rows) canvas.height = rows;
      gl.viewport(0, 0, width, rows);
      gl.disable(gl.SCISSOR_TEST);
      gl.disable(gl.BLEND);
      gl.clearColor(...partsOf(background), 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.enable(gl.SCISSOR_TEST);
      gl.clearColor(...partsOf(grid), 1);
      for (const column of gridColumns) {
        if (column < 0 || column >= width) continue;
        gl.scissor(column, 0, 1, rows);
        gl.clear(gl.COLOR_BUFFER_BIT);
      }
      gl.useProgram(hatching.program);
      gl.uniform3f(hatching.at('color'), ...partsOf(missing));
      gl.uniform2f(hatching.at('size'), width, rows);
      for (const { from, to } of hatched) {
        const [left, right] = [Math.max(0, from), Math.min(width, to)];
        if (right <= left) continue;
        gl.scissor(left, 0, right - left, rows);
        gl.drawArrays(gl.TRIANGLES, 0, 3);
      }
      gl.disable(gl.SCISSOR_TEST);
      gl.useProgram(traces.program);
      gl.uniform1i(traces.at('body'), 0);
      gl.uniform1i(traces.at('bodyWidth'), BODY_WIDTH);
      gl.uniform2f(traces.at('size'), width, rows);
      gl.enable(gl.BLEND);
      gl.blendFuncSeparate(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA, gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    },
    trace(frame, channel, place) {
      const { baseline, centre, pixelsPerUnit, fromX, toX } = place;
      if (toX <= fromX || !textures.bind(frame)) {
        isWhole &&= toX <= fromX;
        return;
      }
      gl.uniform1f(traces.at('zero'), baseline + centre * pixelsPerUnit);
      gl.uniform1f(traces.at('pixelsPerUnit'), pixelsPerUnit);
      gl.uniform1f(traces.at('thickness'), place.thickness);
      gl.uniform1i(traces.at('isSmooth'), place.smooth ? 1 : 0);
      gl.uniform3f(traces.at('color'), ...partsOf(place.color));
      gl.uniform1i(traces.at('isEnvelope'), channel.mode === 'envelope' ? 1 : 0);
      gl.uniform1i(traces.at('fromX'), fromX);
      for (const run of channel.runs) {
        const x = (run.t0 - place.t0) * place.pixelsPerSecond;
        const dx = run.dt * place.pixelsPerSecond;
        if (run.count === 0 || x >= toX || x + dx * run.count < fromX) continue;
        const first = Math.min(run.count, Math.max(0, Math.floor((fromX - x) / dx) - 1));
        const last = Math.min(run.count, Math.max(0, Math.ceil((toX - x) / dx) + 2));
        gl.uniform1i(traces.at('at'), run.at);
        gl.uniform1i(traces.at('count'), run.count);
        gl.uniform1i(traces.at('first'), first);
        gl.uniform1i(traces.at('last'), last);
        gl.uniform1f(traces.at('x'), x + first * dx);
        gl.uniform1f(traces.at('dx'), dx);
        gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, toX - fromX);
      }
    },
    present(target) {
      if (gl.isContextLost() || !isWhole) return false;
      target.drawImage(canvas, 0, 0, canvas.width, height);
      return true;
    },
    release() {
      textures.release();
      letGo(gl);
    },
  };
}

/** Pages may hold a few contexts only: one that is not needed is given back at once, not when memory is collected. */
function letGo(gl: WebGL2RenderingContext): void {
  gl.getExtension('WEBGL_lose_context')?.loseContext();
}

/** Red, green and blue of a packed pixel, 0 to 1. */
function partsOf(color: number): [number, number, number] {
  return [(color & 0xff) / 255, ((color >>> 8) & 0xff) / 255, ((color >>> 16) & 0xff) / 255];
}

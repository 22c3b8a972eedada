import type { ViewFrame } from '../../../../../shared/model/view-frame.ts';

/** Values in a row of a texture. */
export const BODY_WIDTH = 2048;
/** Frames that were not drawn lately leave the GPU when its share is used up. */
const BUDGET_BYTES = 96 * 1024 * 1024;

/** The values of frames on the GPU: each is sent once and then only drawn, however it is panned and zoomed. */
export class BodyTextures {
  readonly #gl: WebGL2RenderingContext;
  readonly #known = new Map<ViewFrame, { readonly texture: WebGLTexture; readonly bytes: number }>();

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /** Binds the texture of a frame; false where it cannot be had. */
  bind(frame: ViewFrame): boolean {
    const gl = this.#gl;
    const known = this.#known.get(frame);
    if (known !== undefined) {
      this.#known.delete(frame);
      this.#known.set(frame, known);
      gl.bindTexture(gl.TEXTURE_2D, known.texture);
      return true;
    }
    const rows = Math.max(1, Math.ceil(frame.body.length / BODY_WIDTH));
    if (rows > (gl.getParameter(gl.MAX_TEXTURE_SIZE) as number)) return false;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.R32F, BODY_WIDTH, rows);
    const whole = Math.floor(frame.body.length / BODY_WIDTH);
    this.#send(frame.body, 0, BODY_WIDTH, whole);
    this.#send(frame.body, whole, frame.body.length - whole * BODY_WIDTH, 1);
    const bytes = rows * BODY_WIDTH * 4;
    this.#known.set(frame, { texture, bytes });
    this.#forgetOldest();
    return true;
  }

  release(): void {
    for (const { texture } of this.#known.values()) this.#gl.deleteTexture(texture);
    this.#known.clear();
  }

  #send(body: Float32Array, row: number, width: number, height: number): void {
    const gl = this.#gl;
    if (width === 0 || height === 0) return;
    const values = body.subarray(row * BODY_WIDTH, row * BODY_WIDTH + width * height);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, row, width, height, gl.RED, gl.FLOAT, values);
  }

  #forgetOldest(): void {
    let bytes = [...this.#known.values()].reduce((sum, one) => sum + one.bytes, 0);
    for (const [frame, one] of this.#known) {
      if (bytes <= BUDGET_BYTES || this.#known.size === 1) return;
      this.#known.delete(frame);
      this.#gl.deleteTexture(one.texture);
      bytes -= one.bytes;
    }
  }
}

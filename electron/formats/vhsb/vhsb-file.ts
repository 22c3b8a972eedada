import { type FileHandle, open, rm } from 'node:fs/promises';
import { toFileError } from '../../files/file-faults.ts';
import { HEADER_BYTES } from './header.ts';
import { StepCount } from './step-count.ts';
import { encodeHeader, encodeRows, type VhsbUnits } from './writer.ts';

/** A VHSB file of any length that is written from its start to its end. */
export class VhsbFile {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #columns: number;
  readonly #units: VhsbUnits;
  readonly #steps = new StepCount();

  private constructor(path: string, file: FileHandle, columns: number, units: VhsbUnits) {
    this.path = path;
    this.#file = file;
    this.#columns = columns;
    this.#units = units;
  }

  /**
   * Makes a file that `fill` appends to; where that fails nothing is left of it.
   * @throws NdiError path.*, and what `fill` throws
   */
  static async write(
    path: string,
    columns: number,
    units: VhsbUnits,
    fill: (file: VhsbFile) => Promise<void>,
  ): Promise<void> {
    const file = await VhsbFile.#create(path, columns, units);
    try {
      await fill(file);
      await file.#end();
    } catch (error) {
      await file.#discard();
      throw error;
    }
  }

  static async #create(path: string, columns: number, units: VhsbUnits): Promise<VhsbFile> {
    try {
      return new VhsbFile(path, await open(path, 'wx'), columns, units);
    } catch (error) {
      throw toFileError(error, path);
    }
  }

  get samples(): number {
    return this.#steps.samples;
  }

  /** @throws NdiError path.noSpace, path.* */
  async append(times: Float64Array, columns: readonly Float64Array[]): Promise<void> {
    if (columns.length !== this.#columns) throw new RangeError(`The file has ${this.#columns} columns.`);
    const at = HEADER_BYTES + this.samples * 8 * (1 + this.#columns);
    this.#steps.add(times);
    await this.#write(encodeRows(times, columns), at);
  }

  /** Writes the header and waits until all is on the disk. */
  async #end(): Promise<void> {
    await this.#write(encodeHeader(this.#steps, this.#columns, this.#units), 0);
    try {
      await this.#file.sync();
      await this.#file.close();
    } catch (error) {
      throw toFileError(error, this.path);
    }
  }

  async #discard(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.path, { force: true });
  }

  async #write(bytes: Buffer, position: number): Promise<void> {
    try {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await this.#file.write(bytes, written, bytes.length - written, position + written);
        written += bytesWritten;
      }
    } catch (error) {
      throw toFileError(error, this.path);
    }
  }
}

/** Builds a little-endian header field by field; it grows as needed. */
export class ByteBuilder {
  #bytes = Buffer.alloc(1024);
  #length = 0;

  u8(value: number): this {
    const at = this.#take(1);
    this.#bytes.writeUInt8(value, at);
    return this;
  }

  u16(...values: number[]): this {
    for (const value of values) {
      const at = this.#take(2);
      this.#bytes.writeUInt16LE(value, at);
    }
    return this;
  }

  i16(...values: number[]): this {
    for (const value of values) {
      const at = this.#take(2);
      this.#bytes.writeInt16LE(value, at);
    }
    return this;
  }

  u32(...values: number[]): this {
    for (const value of values) {
      const at = this.#take(4);
      this.#bytes.writeUInt32LE(value, at);
    }
    return this;
  }

  f32(...values: number[]): this {
    for (const value of values) {
      const at = this.#take(4);
      this.#bytes.writeFloatLE(value, at);
    }
    return this;
  }

  /** One byte a character, cut or padded with NUL to `width`; a text of full width has no NUL. */
  chars(text: string, width: number): this {
    const at = this.#take(width);
    this.#bytes.fill(0, at, at + width);
    this.#bytes.write(text, at, width, 'latin1');
    return this;
  }

  zeros(count: number): this {
    const at = this.#take(count);
    this.#bytes.fill(0, at, at + count);
    return this;
  }

  append(bytes: Uint8Array): this {
    const at = this.#take(bytes.length);
    this.#bytes.set(bytes, at);
    return this;
  }

  get length(): number {
    return this.#length;
  }

  /** What was built so far; a copy. */
  build(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  /** Room for so many bytes; where it starts. */
  #take(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      this.#bytes = Buffer.concat([this.#bytes], Math.max(this.#length, this.#bytes.length * 2));
    }
    return at;
  }
}

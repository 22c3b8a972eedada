import type { SampleWord } from '../formats/format.ts';

/**
 * How the kernels, which count in signed words, see a word of a file: `flip` is XORed first, and word + `bias` is the
 * number that the physical formula expects.
 */
export const wordRules: Readonly<Record<SampleWord, { readonly flip: number; readonly bias: number }>> = {
  i16: { flip: 0, bias: 0 },
  u16: { flip: 0x8000, bias: 32768 },
  x16: { flip: 0, bias: 32768 },
};

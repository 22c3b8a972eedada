/**
 * The hot loops. All pointers are byte offsets into `memory`; what they mean is said in `kernels/kernels.ts`, which
 * is compiled to WebAssembly, and in `scalar-kernels.ts`, the same in plain code.
 */
export interface KernelFunctions {
  extremesOfColumns(
    src: number,
    blockBytes: number,
    perBlock: number,
    edges: number,
    columns: number,
    flip: number,
    lo: number,
    hi: number,
  ): void;
  extremesOfRows(
    src: number,
    rows: number,
    rowBytes: number,
    columns: number,
    flip: number,
    lo: number,
    hi: number,
  ): void;
  bitsOfColumns(
    src: number,
    blockBytes: number,
    perBlock: number,
    edges: number,
    columns: number,
    all: number,
    any: number,
  ): void;
  zipPairs(
    lo: number,
    hi: number,
    columns: number,
    words: number,
    columnStep: number,
    wordStep: number,
    out: number,
    rowBytes: number,
  ): void;
  valuesOfExtremesF64: ValuesOfExtremes;
  valuesOfExtremesF32: ValuesOfExtremes;
  filterPlane(plane: number, count: number, chain: number, sections: number, state: number, step: number): void;
  medianOfPlanes(planes: number, channels: number, count: number, buffer: number, out: number): void;
  meanOfPlanes(planes: number, channels: number, count: number, out: number): void;
  decodeChannelF64: DecodeChannel;
  decodeChannelF32: DecodeChannel;
  decodeChannelSingle: DecodeChannel;
  decodeRowsF64: DecodeRows;
  decodeRowsF32: DecodeRows;
  decodeRowsSingle: DecodeRows;
  decodeBitF64: DecodeBit;
  decodeBitF32: DecodeBit;
}

type ValuesOfExtremes = (
  lo: number,
  hi: number,
  step: number,
  columns: number,
  bias: number,
  gain: number,
  offset: number,
  least: number,
  most: number,
) => void;

type DecodeBit = (
  src: number,
  blockBytes: number,
  perBlock: number,
  from: number,
  to: number,
  bit: number,
  out: number,
) => void;

type DecodeChannel = (
  src: number,
  blockBytes: number,
  perBlock: number,
  from: number,
  to: number,
  flip: number,
  bias: number,
  gain: number,
  offset: number,
  out: number,
) => void;

type DecodeRows = (
  src: number,
  rows: number,
  rowBytes: number,
  columns: number,
  flip: number,
  bias: number,
  table: number,
) => void;

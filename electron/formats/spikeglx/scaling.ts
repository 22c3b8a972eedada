import { plainWords, type Scale } from '../channels.ts';
import type { Column } from './columns.ts';
import { numberOf, positive, streamType, table, type Meta } from './meta.ts';

/** Types and part numbers of probes with a gain for each channel and band in `~imroTbl`. */
const tableGainTypes = new Set(
  [0, 1015, 1020, 1021, 1022, 1030, 1031, 1032, 1033, 1040, 1041, 1042, 1100, 1120, 1121, 1122, 1123, 1200, 1300].map(
    String,
  ),
);
const tableGainParts = /^(PRB_1_4_0480_1|PRB_1_2_0480_2|NP1[0-3]\d\d|NP1400|NP3000)/;
/** Probes of one gain for all channels, which `imChan0apGain` tells where it is not the usual one. */
const usualGains: readonly { readonly gain: number; readonly types: RegExp; readonly parts: RegExp }[] = [
  { gain: 80, types: /^(21|24)$/, parts: /^(NP2000|NP2010|PRB2_1_2_0640_0|PRB2_4_2_0640_0)/ },
  {
    gain: 100,
    types: /^(200[3-6]|201[34]|202[0-2]|2300|30[12]\d)$/,
    parts: /^NP(200[3-6]|201[34]|202[0-2]|2300|30[12]\d)/,
  },
];

/** How the gains of a probe are told. */
type Gains =
  | { readonly from: 'table'; readonly maxInt: 512 }
  | { readonly from: 'header'; readonly maxInt: 512 }
  | { readonly from: 'probe'; readonly maxInt: 8192; readonly gain: number };

/**
 * The scale of each column; null where the file does not tell it.
 * @throws NdiError format.invalid for ranges and gains that are no numbers above zero
 */
export function columnScales(meta: Meta, columns: readonly Column[]): (Scale | null)[] {
  const type = streamType(meta);
  const scaleOf = type === 'imec' ? probeScale(meta) : type === 'nidq' ? nidqScale(meta) : obxScale(meta);
  return columns.map((column) => (column.kind === 'SY' || column.kind === 'XD' ? plainWords : scaleOf(column)));
}

type ScaleOf = (column: Column) => Scale | null;

function probeScale(meta: Meta): ScaleOf {
  const gains = gainsOf(meta);
  if (gains === null || numberOf(meta, 'imAiRangeMax') === undefined) return () => null;
  const range = positive(meta, 'imAiRangeMax');
  const maxInt = meta.values.has('imMaxInt') ? positive(meta, 'imMaxInt') : gains.maxInt;
  const gainOf = gainLookUp(meta, gains);
  return (column) => {
    const gain = gainOf(column);
    if (gain === undefined || !(gain > 0)) return null;
    return { units: 'uV', gain: (range / maxInt / gain) * 1e6, offset: 0 };
  };
}

function gainsOf(meta: Meta): Gains | null {
  const part = meta.values.get('imDatPrb_pn') ?? '';
  const type = meta.values.get('imDatPrb_type') ?? '';
  if (type === '1110' || part.startsWith('NP1110')) return { from: 'header', maxInt: 512 };
  const usual = usualGains.find(({ types, parts }) => parts.test(part) || types.test(type));
  if (usual !== undefined) return { from: 'probe', maxInt: 8192, gain: usual.gain };
  const isPhase3A = type === '' && part === '' && meta.values.has('imProbeOpt');
  if (isPhase3A || tableGainParts.test(part) || tableGainTypes.has(type)) return { from: 'table', maxInt: 512 };
  return null;
}

function gainLookUp(meta: Meta, gains: Gains): (column: Column) => number | undefined {
  if (gains.from === 'probe') {
    // Tables of these probes hold no gains: their fourth number is an electrode.
    const gain = numberOf(meta, 'imChan0apGain') ?? gains.gain;
    return () => gain;
  }
  const imro = table(meta, 'imroTbl');
  if (gains.from === 'header') {
    // (1110,column mode,reference,AP gain,LF gain,filter)
    const [, , , ap, lf] = (imro?.header ?? '').split(',').map(Number);
    return ({ kind }) => (kind === 'AP' ? ap : lf);
  }
  // (channel bank reference apGain lfGain [filter]), found by the acquired channel, not by the place in the file.
  const entries = new Map(
    (imro?.entries ?? []).map((entry) => {
      const [channel = NaN, , , ap = NaN, lf = NaN] = entry.trim().split(/\s+/).map(Number);
      return [channel, { ap, lf }];
    }),
  );
  return ({ kind, index }) => (kind === 'AP' ? entries.get(index)?.ap : entries.get(index)?.lf);
}

function nidqScale(meta: Meta): ScaleOf {
  if (numberOf(meta, 'niAiRangeMax') === undefined) return () => null;
  const range = positive(meta, 'niAiRangeMax');
  const maxInt = meta.values.has('niMaxInt') ? positive(meta, 'niMaxInt') : 32768;
  const gains: Readonly<Record<string, number | undefined>> = {
    MN: numberOf(meta, 'niMNGain'),
    MA: numberOf(meta, 'niMAGain'),
    XA: 1,
  };
  return ({ kind }) => voltScale(range, maxInt, gains[kind]);
}

function obxScale(meta: Meta): ScaleOf {
  const range = numberOf(meta, 'obAiRangeMax');
  const maxInt = numberOf(meta, 'obMaxInt');
  if (range === undefined || maxInt === undefined) return () => null;
  return () => voltScale(range, maxInt, 1);
}

function voltScale(range: number, maxInt: number, gain: number | undefined): Scale | null {
  if (gain === undefined || !(gain > 0) || !(range > 0) || !(maxInt > 0)) return null;
  return { units: 'V', gain: range / maxInt / gain, offset: 0 };
}

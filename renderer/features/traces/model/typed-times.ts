const UNITS: Readonly<Record<string, number>> = {
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  sec: 1,
  m: 60,
  min: 60,
  h: 3600,
};

/**
 * Seconds that a person typed: `250 ms`, `2 s`, `1 min 30 s`, `1:30`, `1:02:03.5`, or a plain number of seconds. Of
 * several parts each has a smaller unit than the one before: `1 s 5 s` are two times, not their sum.
 * @returns undefined where it cannot be understood
 */
export function parseTime(text: string): number | undefined {
  const typed = text.trim().toLowerCase().replace('−', '-');
  if (typed === '') return undefined;
  const negative = typed.startsWith('-');
  const size = parseClock(negative ? typed.slice(1) : typed) ?? parseParts(negative ? typed.slice(1) : typed);
  return size === undefined ? undefined : negative ? -size : size;
}

/** As {@link parseTime}, for a span: more than nothing. */
export function parseDuration(text: string): number | undefined {
  const seconds = parseTime(text);
  return seconds !== undefined && seconds > 0 ? seconds : undefined;
}

function parseClock(text: string): number | undefined {
  const match = /^(?:(\d+):)?(\d+):(\d+(?:[.,]\d*)?)$/.exec(text);
  if (match === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds.replace(',', '.'));
}

function parseParts(text: string): number | undefined {
  let rest = text.trim();
  let seconds = 0;
  let before = Number.POSITIVE_INFINITY;
  while (rest !== '') {
    const match = /^(\d+(?:[.,]\d*)?|[.,]\d+)\s*([a-zµμ]*)\s*/.exec(rest);
    const factor = match === null ? undefined : match[2] === '' ? 1 : UNITS[match[2] ?? ''];
    if (match === null || factor === undefined || factor >= before) return undefined;
    before = factor;
    seconds += Number((match[1] ?? '').replace(',', '.')) * factor;
    rest = rest.slice(match[0].length);
    // A number without a unit stands alone.
    if (match[2] === '' && (rest !== '' || match[0].length !== text.trim().length)) return undefined;
  }
  return seconds;
}

/** A span as it is typed again: `250 ms`, `2 s`, `1 min`. */
export function writeDuration(seconds: number): string {
  const digits = (value: number) => String(Number(value.toPrecision(4)));
  if (seconds === 0) return '0 s';
  if (seconds < 1e-3) return `${digits(seconds * 1e6)} µs`;
  if (seconds < 1) return `${digits(seconds * 1e3)} ms`;
  if (seconds < 120) return `${digits(seconds)} s`;
  if (seconds < 7200) return `${digits(seconds / 60)} min`;
  return `${digits(seconds / 3600)} h`;
}

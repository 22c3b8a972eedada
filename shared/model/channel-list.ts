import { NdiError } from './errors.ts';

/** `ai1-4`, `ai1-ai4`: a prefix with a range of numbers. */
const RANGE = /^([A-Za-z]+)(\d+)\s*-\s*([A-Za-z]*)(\d+)$/;
const NAME = /^([A-Za-z]+)(\d+)$/;
/** More than any device has; keeps a slip of the keyboard (`ai1-99999999`) from filling the memory. */
const LONGEST_RANGE = 100_000;

/**
 * The channels that a list means, in the order of the list, each once.
 *
 * @param list names separated by commas, with ranges (`ai1-4,ai7,di2`), or `all`
 * @param available names that there are (`info` prints them)
 * @throws NdiError usage.invalid when the list cannot be read, channel.notFound when it names one that is not there
 */
export function resolveChannelList(list: string, available: readonly string[]): string[] {
  if (list.trim() === 'all') return [...available];
  const known = new Set(available);
  const wanted = new Set(list.split(',').flatMap((item) => expand(item.trim(), list)));
  for (const name of wanted) if (!known.has(name)) throw notFound(name, available);
  return [...wanted];
}

function expand(item: string, list: string): string[] {
  if (item === '') throw unreadable(item, list);
  if (!item.includes('-')) return [item];
  const [, prefix = '', first = '', lastPrefix = '', last = ''] = RANGE.exec(item) ?? [];
  const from = Number(first);
  const to = Number(last);
  const readable = prefix !== '' && (lastPrefix === '' || lastPrefix === prefix);
  if (!readable || to < from || to - from >= LONGEST_RANGE) throw unreadable(item, list);
  return Array.from({ length: to - from + 1 }, (_, index) => `${prefix}${from + index}`);
}

function unreadable(item: string, list: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: item === '' ? `The channel list “${list}” has an empty place.` : `“${item}” is not a range of channels.`,
    recovery: 'Write names and ranges separated by commas, such as ai1-4,ai7,di2, or all.',
    details: { channels: list },
  });
}

function notFound(name: string, available: readonly string[]): NdiError {
  return new NdiError({
    code: 'channel.notFound',
    message: `There is no channel ${name}.`,
    recovery: available.length === 0 ? 'There are no channels here.' : `There are: ${shorten(available)}.`,
    details: { channel: name },
  });
}

/** Names with runs of numbers as ranges: `ai1-32, di1`. */
function shorten(names: readonly string[]): string {
  const runs: { prefix: string; first: number; last: number }[] = [];
  for (const name of names) {
    const [, prefix = name, digits = ''] = NAME.exec(name) ?? [];
    const number = Number(digits);
    const run = runs.at(-1);
    if (run?.prefix === prefix && run.last + 1 === number) run.last = number;
    else runs.push({ prefix, first: number, last: number });
  }
  const shown = runs
    .slice(0, 12)
    .map(({ prefix, first, last }) => `${prefix}${first}${last > first ? `-${last}` : ''}`);
  return shown.join(', ') + (runs.length > shown.length ? ', …' : '');
}

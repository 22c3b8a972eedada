import { InvalidArgumentError, Option } from 'commander';

export const deviceOption = () => new Option('--device <name>', 'DAQ system of a session');
export const epochOption = () =>
  new Option('--epoch <id>', 'epoch of the DAQ system; may be left out where there is one only');
export const elementOption = () =>
  new Option('--element <name>', 'probe or element of a session, by name and reference, “cortex|1”, or by its id');
export const channelsOption = () =>
  new Option('--channels <list>', 'names and ranges, such as ai1-4,ai7,di2, or all').makeOptionMandatory();
export const fromOption = () => seconds('--from <time>', 'start, in seconds');
export const toOption = () => seconds('--to <time>', 'end, in seconds; not included');

export const clockOption = () =>
  new Option(
    '--clock <place>',
    'tell times on another clock, DEVICE[/EPOCH]/CLOCK; --from and --to are then seconds of it',
  );

function seconds(flags: string, description: string): Option {
  return new Option(flags, description).makeOptionMandatory().argParser(finite);
}

export function finite(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('It is not a number.');
  return value;
}

export function integer(text: string): number {
  const value = finite(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('It is not a whole number.');
  return value;
}

export function count(text: string): number {
  const value = integer(text);
  if (value < 1) throw new InvalidArgumentError('It must be 1 or more.');
  return value;
}

export function port(text: string): number {
  const value = integer(text);
  if (value < 0 || value > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.');
  return value;
}

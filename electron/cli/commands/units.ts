import type { Unit } from '../../../shared/contract/units.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Command } from '../run.ts';
import { type SourceOptions, sourceOf } from '../source.ts';
import { printable, sections, table } from '../tables.ts';

/** Beyond the times of any recording. */
const ALWAYS = 1e12;

export const units: Command<SourceOptions> = async (run, [path = ''], options) => {
  const source = sourceOf(run, path, options);
  const value = await run.callLong('Looking for units', (client, signal) => client.units.list({ source }, { signal }));
  return {
    value,
    text: () =>
      sections(
        value.units.length === 0
          ? 'No sorted units.'
          : table(
              ['Unit', 'Quality', 'Spikes', 'Rate (1/s)', 'Device', 'Probe', 'Channel', 'Sorted by'],
              value.units.map((unit) => [
                unit.name,
                unit.quality,
                unit.spikes,
                unit.ratePerSec === null ? '' : Number(unit.ratePerSec.toPrecision(3)),
                unit.carried ? `${unit.device} (carried)` : unit.device,
                unit.probe,
                unit.channels[0] ?? '',
                unit.origin,
              ]),
            ),
        value.problems.map(({ grade, message }) => `${grade}: ${printable(message)}`).join('\n'),
      ),
  };
};

interface SpikesOptions extends SourceOptions {
  readonly unit?: readonly string[];
  readonly from?: number;
  readonly to?: number;
}

export const spikes: Command<SpikesOptions> = async (run, [path = ''], options) => {
  const { unit: wanted, from = -ALWAYS, to = ALWAYS } = options;
  const source = sourceOf(run, path, options);
  const value = await run.callLong('Reading spikes', async (client, signal) => {
    if (wanted === undefined) return client.units.times({ source, from, to }, { signal });
    const { units: all } = await client.units.list({ source }, { signal });
    const ids = wanted.map((name) => idOf(all, name));
    return client.units.times({ source, units: ids, from, to }, { signal });
  });
  return {
    value,
    text: () =>
      table(
        ['Unit', 'Time (s)'],
        value.flatMap(({ name, times }) => times.map((time) => [name, time])),
      ),
  };
};

function idOf(all: readonly Unit[], name: string): string {
  const found = all.filter((unit) => unit.id === name || unit.name.toLowerCase() === name.toLowerCase());
  const [only] = found;
  if (only !== undefined && found.length === 1) return only.id;
  throw new NdiError({
    code: found.length === 0 ? 'channel.notFound' : 'usage.invalid',
    message: found.length === 0 ? `There is no unit ${name}.` : `${found.length} units are named ${name}.`,
    recovery:
      found.length === 0 ? '“ndi units” lists them.' : `Name it by its id: ${found.map(({ id }) => id).join(', ')}.`,
    details: { unit: name },
  });
}

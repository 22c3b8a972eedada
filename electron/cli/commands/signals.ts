import { type EventRange, readEvents } from '../read-events.ts';
import type { Client, Command } from '../run.ts';
import { sourceOf, type SourceOptions } from '../source.ts';
import { table } from '../tables.ts';

type RangeOptions = SourceOptions & EventRange;

export const events: Command<RangeOptions & { readonly clock?: string }> = async (run, [path = ''], options) => {
  const value = await readEvents(run, sourceOf(run, path, options), options);
  return {
    value,
    text: () =>
      value.length === 0
        ? 'There are no events in this range.'
        : table(
            ['Time (s)', 'Channel', 'Value'],
            value.map((event) => [event.time, event.channel, event.value]),
          ),
  };
};

export const envelope: Command<RangeOptions & { readonly columns: number }> = async (run, [path = ''], options) => {
  const { channels, from: t0, to: t1, columns } = options;
  const request = { source: sourceOf(run, path, options), channels, t0, t1, columns };
  const value = await run.callLong('Reducing', (client, signal) => client.signals.envelope(request, { signal }));
  const step = (value.t1 - value.t0) / value.columns;
  return {
    value,
    text: () =>
      table(
        ['Time (s)', ...value.channels.flatMap(({ name }) => [`${name} min`, `${name} max`])],
        Array.from({ length: value.columns }, (_, column) => [
          value.t0 + column * step,
          ...value.channels.flatMap(({ min, max }) => [min[column] ?? '', max[column] ?? '']),
        ]),
      ),
  };
};

export const overview: Command<SourceOptions & { readonly store?: true }> = async (run, [path = ''], options) => {
  const request = { source: sourceOf(run, path, options), store: options.store === true };
  const call = (client: Client, signal: AbortSignal) => client.signals.buildOverview(request, { signal });
  const value = await run.callLong('Building the overview', call);
  return {
    value,
    text: () =>
      value.parts === 0
        ? `${value.path} is seen as quickly without an overview.`
        : `The overview of ${value.path} is built: ${Math.ceil(value.bytes / 1e6)} MB.${
            value.documents.length === 0 ? '' : ` Stored as ${value.documents.join(', ')}.`
          }`,
  };
};

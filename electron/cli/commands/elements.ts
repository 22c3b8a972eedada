import type { ElementInfo } from '../../../shared/contract/elements.ts';
import type { Command } from '../run.ts';
import { placeOf, type SessionOptions } from '../session-place.ts';
import { table } from '../tables.ts';

export const elements: Command<SessionOptions> = async (run, [path = ''], options) => {
  const request = placeOf(run, path, options);
  const value = await run.call((client, signal) => client.elements.list(request, { signal }));
  return { value, text: () => (value.length === 0 ? 'There are neither probes nor elements.' : describe(value)) };
};

function describe(elements: readonly ElementInfo[]): string {
  return table(
    ['Element', 'Reference', 'Type', 'Class', 'Subject', 'Epochs', 'Id'],
    elements.map(({ name, reference, type, className, subject, epochs, id }) => {
      return [name, reference, type, className, subject, epochs.length, id ?? ''];
    }),
  );
}

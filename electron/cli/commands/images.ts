import type { Command } from '../run.ts';
import { table } from '../tables.ts';

interface SessionOptions {
  readonly session?: string;
}

export const images: Command<SessionOptions> = async (run, [path = ''], { session }) => {
  const place = { path: run.path(path), ...(session === undefined ? {} : { sessionId: session }) };
  const found = await run.callLong('Looking for pictures', (client, signal) => client.images.list(place, { signal }));
  const value = found.map(({ name, class: className, source: { id, device, epoch } }) => ({
    ...{ name, class: className, id: id ?? null, device: device ?? null, epoch: epoch ?? null },
  }));
  return {
    value,
    text: () =>
      value.length === 0
        ? 'It holds no pictures.'
        : table(
            ['Name', 'Class', 'Document, or device and epoch'],
            value.map((one) => [one.name, one.class, one.id ?? `${one.device} ${one.epoch}`]),
          ),
  };
};

interface AddOptions extends SessionOptions {
  readonly label?: string;
  readonly scale?: number;
  readonly units?: string;
  readonly subject?: string;
}

export const addImages: Command<AddOptions> = async (
  run,
  [path = '', ...files],
  { session, label, scale, units, subject },
) => {
  const request = {
    path: run.path(path),
    files: files.map((file) => run.path(file)),
    ...(session === undefined ? {} : { sessionId: session }),
    ...(label === undefined ? {} : { label }),
    ...(scale === undefined ? {} : { scale }),
    ...(units === undefined ? {} : { units }),
    ...(subject === undefined ? {} : { subjectId: subject }),
  };
  const value = await run.callLong('Storing pictures', (client, signal) => client.images.add(request, { signal }));
  return { value, text: () => `Stored ${value.ids.length} as ${value.ids.join(', ')}.` };
};

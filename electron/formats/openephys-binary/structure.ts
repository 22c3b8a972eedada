import { z } from 'zod';
import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';

/** Folders are named relative to `continuous/`, `events/` and `spikes/`; a name that leads elsewhere is refused. */
const folderName = z.string().refine((name) => name !== '' && !/^[/\\]|(^|[/\\])\.\.([/\\]|$)|\0|:/.test(name), {
  message: 'leads out of the recording',
});
const rate = z.number().positive().max(1e9);

const continuousSchema = z.object({
  folder_name: folderName,
  sample_rate: rate,
  source_processor_name: z.string().default(''),
  stream_name: z.string().default(''),
  /** Old programs leave it out: then the channels are counted. */
  num_channels: z.number().int().positive().optional(),
  channels: z
    .array(z.object({ channel_name: z.string().default(''), bit_volts: z.number(), units: z.string().default('') }))
    .min(1)
    .max(100_000),
});
export type ContinuousEntry = z.infer<typeof continuousSchema>;

const eventsSchema = z.object({
  folder_name: folderName,
  channel_name: z.string().default(''),
  type: z.string().default(''),
  sample_rate: rate.optional(),
});
export type EventsEntry = z.infer<typeof eventsSchema>;

const spikesSchema = z
  .object({
    folder: folderName.optional(),
    folder_name: folderName.optional(),
    name: z.string().default(''),
    sample_rate: rate.optional(),
  })
  .refine((entry) => entry.folder !== undefined || entry.folder_name !== undefined, { message: 'has no folder' });
export type SpikesEntry = z.infer<typeof spikesSchema>;

const structureSchema = z.object({
  'GUI version': z.string().default(''),
  continuous: z.array(continuousSchema).default([]),
  events: z.array(eventsSchema).default([]),
  spikes: z.array(spikesSchema).default([]),
});
export type Structure = z.infer<typeof structureSchema>;

const MAX_BYTES = 64 << 20;

/** Reads `structure.oebin`. @throws NdiError path.*, format.invalid naming the position or the field */
export function readStructure(path: string): Structure {
  const text = withFile(path, (file) => {
    if (file.size > MAX_BYTES) throw formatFault('format.invalid', path, `it is too large (${file.size} bytes).`);
    return new TextDecoder().decode(file.view(0, file.size, 'structure.oebin'));
  });
  const parsed = structureSchema.safeParse(parseJson(text, path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  const what = `its entry ${field === '' ? 'at the top' : field} is not as it must be: ${issue?.message ?? 'unreadable'}.`;
  throw formatFault('format.invalid', path, what, { field });
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const offset = firstFault(text);
    throw formatFault('format.invalid', path, `it is not valid JSON at character ${offset}.`, { offset });
  }
}

/** The character from which on a text cannot become JSON whatever follows; the parser does not always tell it. */
function firstFault(text: string): number {
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (mayGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function mayGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    // It misses something at the very end.
    const said = error instanceof SyntaxError ? error.message : '';
    const position = Number(/position (\d+)/.exec(said)?.[1] ?? -1);
    return /Unexpected end|Unterminated/.test(said) || position >= beginning.length;
  }
}

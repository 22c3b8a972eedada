import { z } from 'zod';

const PREFIX = 'ndi-element:';

const epochSchema = z.object({
  /** Path of the epoch's VHSB file on this machine. */
  file: z.string(),
  epochId: z.string(),
  /** `unit1 | 1`. */
  element: z.string(),
  /** Of the epoch on the clock of the file's times, in seconds; null where its document does not tell. */
  t0: z.number().nullable(),
  t1: z.number().nullable(),
});

/** An epoch that an element holds itself: the file of its document, and what the document says of it. */
export type ElementFile = z.infer<typeof epochSchema>;

/** The files of documents bear no names: they are opened by an address that says what they are. */
export function elementAddress(epoch: ElementFile): string {
  return `${PREFIX}${JSON.stringify(epoch)}/${epoch.epochId}`;
}

export function isElementAddress(path: string): boolean {
  return path.startsWith(PREFIX);
}

export function parseElementAddress(path: string): ElementFile {
  return epochSchema.parse(JSON.parse(path.slice(PREFIX.length, path.lastIndexOf('}') + 1)));
}

import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema } from './common.ts';
import { documentBodySchema } from './documents.ts';

export const documentTypeSchema = z.object({
  class: z.string(),
  version: z.number(),
  parents: z.array(z.string()),
  ancestors: z.array(z.string()),
  /** Names of dependencies, with those of the ancestors. */
  dependencies: z.array(z.string()),
  /** Names of files, with those of the ancestors; `x_#` stands for numbered files. */
  files: z.array(z.string()),
  /** Where definition and schema disagree in NDI itself. */
  issues: z.array(z.string()),
  /** Whether NDI can check documents of the class; it stores no others. */
  checked: z.boolean(),
  /** Folder of a laboratory's own definitions; null for NDI's types. */
  folder: z.string().nullable(),
});

export const documentTypesContract = {
  /** All known types by name, and what is wrong with definitions that were left out. */
  list: oc.output(
    z.object({
      types: z.array(documentTypeSchema),
      problems: z.array(z.object({ path: z.string(), why: z.string() })),
    }),
  ),
  /** A document of a class with every field at its default. */
  blank: oc.input(z.object({ class: z.string() })).output(documentBodySchema),
  /** Takes up the definitions of a folder while this process lives, besides those of the settings. */
  use: oc.input(z.object({ folder: pathSchema })).output(z.object({ classes: z.array(z.string()) })),
};

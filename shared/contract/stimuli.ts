import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema, problemSchema, sessionPlace } from './common.ts';

/** Seconds on the clock of the list; null where not known. */
const timeSchema = z.number().nullable();

const presentationSchema = z.object({
  stimulusId: z.number().nullable(),
  onset: timeSchema,
  offset: timeSchema,
  /** When the stimulus was set up and cleared away. */
  open: timeSchema,
  close: timeSchema,
  /** Where the times were carried to another device: the epoch of it in which they lie. */
  epochId: z.string().nullable(),
});

export const stimulusEpochSchema = z.object({
  /** Name and reference of the stimulator: `screen | 1`. */
  probe: z.string(),
  /** DAQ system that the stimulator is on, and its epoch. */
  device: z.string(),
  epochId: z.string(),
  /** DAQ system on whose clock the times are given. */
  onDevice: z.string(),
  clock: z.string(),
  /** Document that holds the stimuli; null while they are only read from the recording. */
  documentId: z.string().nullable(),
  presentations: z.array(presentationSchema),
  /** Parameters of the stimuli with the ids 1, 2, ...; empty where nothing tells them. */
  parameters: z.array(z.record(z.string(), z.unknown())),
  /** Seconds by which carried times may be wrong; null where they were not carried or nothing tells. */
  errorSec: z.number().nullable(),
});
export type StimulusEpoch = z.infer<typeof stimulusEpochSchema>;

export const stimulusListSchema = z.object({ epochs: z.array(stimulusEpochSchema), problems: z.array(problemSchema) });
export type StimulusList = z.infer<typeof stimulusListSchema>;

/** Which columns of a table tell what. */
export const tableMappingSchema = z.object({
  onset: z.string(),
  /** At most one of these two. */
  offset: z.string().optional(),
  duration: z.string().optional(),
  /** Ids or names; without it all rows show one stimulus. */
  stimulus: z.string().optional(),
  unit: z.enum(['s', 'ms', 'us', 'min', 'h']).default('s'),
  /** Moment at which the clock is 0, for columns of dates or times of day: `2024-05-01T14:00:00`. */
  origin: z.string().optional(),
});
export type TableMapping = z.infer<typeof tableMappingSchema>;

/** Sheet of a workbook or variable of a MAT file; the first one with rows, where nothing else is said. */
const sheetChoice = { sheet: z.string().optional() };

const choice = {
  /** Name of a stimulator, or name and reference (`screen | 1`); without it all of them. */
  probe: z.string().optional(),
  /** Id of an epoch; without it all of them. */
  epoch: z.string().optional(),
};

export const stimuliContract = {
  /** What the stimulators of a session showed: from their documents, else from their recordings. */
  list: oc
    .input(
      z.object({
        ...sessionPlace,
        ...choice,
        /** DAQ system to whose clock the times are carried. */
        clock: z.string().optional(),
      }),
    )
    .output(stimulusListSchema),
  /** Writes what is only in the recordings into documents, as one step that can be undone. */
  decode: oc.input(z.object({ ...sessionPlace, ...choice })).output(
    z.object({
      /** Epochs that were written, and those whose documents were there before. */
      decoded: z.number().int(),
      already: z.number().int(),
      presentations: z.number().int(),
      ids: z.array(z.string()),
      problems: z.array(problemSchema),
    }),
  ),
  /**
   * A table of trials (CSV, TSV, a sheet of an Excel workbook, a variable of a MAT file): its columns, first rows, and
   * which columns seem to tell what.
   */
  readTable: oc.input(z.object({ file: pathSchema, ...sheetChoice })).output(
    z.object({
      file: z.string(),
      /** Sheets or variables of the file that are tables, and which of them this is; none for files of text. */
      sheets: z.array(z.string()),
      sheet: z.string(),
      columns: z.array(z.string()),
      rows: z.array(z.array(z.string())),
      total: z.number().int(),
      mapping: tableMappingSchema,
    }),
  ),
  /** Writes the trials of a table as the stimuli of a stimulator in an epoch, as one step that can be undone. */
  importTable: oc
    .input(
      z.object({
        ...sessionPlace,
        file: pathSchema,
        ...sheetChoice,
        mapping: tableMappingSchema,
        /** DAQ system on whose clock the times are, and its epoch (id or number). */
        device: z.string(),
        epoch: z.string(),
        /** Clock of that epoch; its first one, where nothing else is said. */
        clock: z.string().optional(),
        /** A stimulator, as in `list`; one that is not there is made. */
        probe: z.string().trim().min(1),
        /** Only tells what would be written. */
        preview: z.boolean().optional(),
      }),
    )
    .output(z.object({ epoch: stimulusEpochSchema, ids: z.array(z.string()) })),
};

import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { defaultSettings } from '../model/default-settings.ts';
import { errorReportSchema } from './errors.ts';

/** Long work: anything that may take over a second. */
export const jobSchema = z.object({
  id: z.string(),
  /** What it does, for people: `Scanning recordings`. */
  title: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Fraction done, 0 to 1; null while it is unknown. */
  fraction: z.number().nullable(),
  /** What it is at: a folder, a count. */
  detail: z.string(),
  cancellable: z.boolean(),
  /** ISO 8601. */
  startedAt: z.string(),
  error: errorReportSchema.nullable(),
});
export type Job = z.infer<typeof jobSchema>;

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default(defaultSettings.theme),
  language: z.enum(['en', 'pseudo']).default(defaultSettings.language),
  /** Keep motion to the least: follows the system unless set. */
  reduceMotion: z.enum(['system', 'on', 'off']).default(defaultSettings.reduceMotion),
  /** What draws traces: WebGL where the machine has a GPU, canvas 2D where it has none, or always one of them. */
  traceRenderer: z.enum(['auto', 'canvas', 'webgl']).default(defaultSettings.traceRenderer),
  /** Bytes that the data process may keep in caches. */
  cacheBudgetMb: z.number().int().min(64).max(65_536).default(defaultSettings.cacheBudgetMb),
  /** Megabytes on the disk that overviews (min/max pyramids) of recordings may take. */
  overviewBudgetMb: z.number().int().min(0).max(1_048_576).default(defaultSettings.overviewBudgetMb),
  /** Megabytes on the disk that files of NDI Cloud that were needed once may take. */
  cloudFileBudgetMb: z.number().int().min(0).max(10_485_760).default(defaultSettings.cloudFileBudgetMb),
  /** Whether transfers that were running when the application ended go on when it starts again. */
  continueTransfers: z.boolean().default(defaultSettings.continueTransfers),
  /** Hints of the tour that were dismissed for good. */
  dismissedHints: z.array(z.string()).default(defaultSettings.dismissedHints),
  /** Whether ontology servers may be asked about terms that are not known here. */
  ontologyOnline: z.boolean().default(defaultSettings.ontologyOnline),
  /** Folders of a laboratory's own document definitions and schemas. */
  documentTypeFolders: z.array(z.string().min(1)).default(defaultSettings.documentTypeFolders),
  /** Key bindings that differ from the defaults: command id to shortcut (`mod+k`), empty for none. */
  shortcuts: z.record(z.string(), z.string()).default(defaultSettings.shortcuts),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Memory of the process that owns the data. */
export const meterSchema = z.object({
  rssBytes: z.number(),
  /** What the data process may take, whatever is opened: `rssBytes` stays below it. */
  budgetBytes: z.number(),
  heapBytes: z.number(),
  cacheBytes: z.number(),
  cacheBudgetBytes: z.number(),
  workers: z.number(),
});
export type Meter = z.infer<typeof meterSchema>;

/** What the outside asks of the page: a second start with a path, a menu entry. */
export const hostEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), path: z.string() }),
  z.object({ type: z.literal('command'), command: z.string() }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;

export const aboutSchema = z.object({
  name: z.string(),
  version: z.string(),
  door: z.enum(['desktop', 'web', 'cli']),
  platform: z.string(),
  node: z.string(),
  homeFolder: z.string(),
  /** Names of the acquisition formats that can be read. */
  formats: z.array(z.string()),
});
export type About = z.infer<typeof aboutSchema>;

export const jobsContract = {
  /** All jobs now, and again whenever one changes (at most a few times a second). */
  watch: oc.output(eventIterator(z.array(jobSchema))),
  cancel: oc.input(z.object({ id: z.string() })).output(z.object({ cancelled: z.boolean() })),
  /** Forgets jobs that have ended. */
  clear: oc.output(z.object({ cleared: z.number() })),
};

export const settingsContract = {
  get: oc.output(settingsSchema),
  set: oc.input(settingsSchema.partial()).output(settingsSchema),
  reset: oc.output(settingsSchema),
};

export const applicationContract = {
  about: oc.output(aboutSchema),
  /** The memory meter, every two seconds. */
  meter: oc.output(eventIterator(meterSchema)),
  /** Events from the outside; the first page that listens gets what waited. */
  hostEvents: oc.output(eventIterator(hostEventSchema)),
  clearCaches: oc.output(meterSchema),
};

import { oc } from '@orpc/contract';
import { z } from 'zod';
import { bytesSchema, pathSchema, problemSchema } from './common.ts';
import { matrixDescriptionSchema } from './raw-matrix.ts';

/** The canonical channel types of NDI (`shared/model/channels.ts` holds their prefixes). */
export const channelTypeSchema = z.enum([
  'analog_in',
  'analog_out',
  'auxiliary_in',
  'digital_in',
  'digital_out',
  'time',
  'event',
  'marker',
  'text',
]);
export type ChannelType = z.infer<typeof channelTypeSchema>;

/**
 * How devices group their channels: a stream of one rate among several, a shank of a probe, the wires of a tetrode or of
 * what Trodes calls an nTrode, what NWB calls a group of electrodes, a port that headstages are plugged into, a bank of a
 * front end.
 */
export const channelGroupKinds = ['stream', 'shank', 'tetrode', 'nTrode', 'electrodeGroup', 'port', 'bank'] as const;
export type ChannelGroupKind = (typeof channelGroupKinds)[number];

/** One channel of a recording. `name` is prefix and number (`ai3`); `label` is what the device or its user called it. */
export const channelSchema = z.object({
  name: z.string(),
  type: channelTypeSchema,
  number: z.number().int(),
  label: z.string(),
  /** Unit of the physical values: `uV`, `V`, `degC`, or empty for digital lines and events. */
  units: z.string(),
  /** Samples per second; null for event-like channels. */
  sampleRate: z.number().nullable(),
  /** Samples over all segments; null for event-like channels. */
  samples: z.number().nullable(),
  /** Physical value = stored word x gain + offset; null where words are not scaled (events). */
  gain: z.number().nullable(),
  offset: z.number().nullable(),
  /** Least and greatest physical value that the words of the file can hold: a signal that reaches them is cut off there. */
  limits: z.tuple([z.number(), z.number()]).optional(),
  /** Its groups as the file tells them, by their names there: `{ port: 'A' }`. */
  groups: z.partialRecord(z.enum(channelGroupKinds), z.string()).optional(),
});
export type Channel = z.infer<typeof channelSchema>;

/** A stretch without gaps. Times are seconds on the recording device's own clock; t1 is the time of the last sample. */
export const segmentSchema = z.object({
  /** Index of the first sample, counted over all segments from 0, at the recording's highest rate. */
  start: z.number(),
  samples: z.number(),
  t0: z.number(),
  t1: z.number(),
});
export type Segment = z.infer<typeof segmentSchema>;

export const recordingInfoSchema = z.object({
  kind: z.literal('recording'),
  path: z.string(),
  /** Id of the reader: `intan-rhd`, `blackrock`, ... */
  format: z.string(),
  /** The format's name for people: `Intan RHD2000`. */
  formatName: z.string(),
  version: z.string(),
  files: z.array(z.string()),
  device: z.string(),
  /**
   * Start of the recording as the device wrote it (ISO 8601), or null. It ends in Z where the device says UTC, and has no
   * zone where it is the local time of a computer that did not say which.
   */
  startedAt: z.string().nullable(),
  segments: z.array(segmentSchema),
  /**
   * From when to when the recording runs, in seconds on the device's clock, where its samples do not tell: the file
   * says otherwise, or events are all it holds.
   */
  extent: z.object({ t0: z.number(), t1: z.number() }).optional(),
  channels: z.array(channelSchema),
  /** Number of events by event-like channel. */
  events: z.record(z.string(), z.number()),
  problems: z.array(problemSchema),
  /** Files that belong to it and cannot be read: they are left out, and `problems` says why. */
  unread: z.array(z.string()).optional(),
  /** Why this format was chosen, in sentences. */
  why: z.array(z.string()),
  /** Some of it lies in NDI Cloud only, and is fetched when it is looked at. */
  inCloud: z.boolean().optional(),
});
export type RecordingInfo = z.infer<typeof recordingInfoSchema>;

/**
 * Which signals are meant: a recording by its path, an epoch of a session's DAQ system, or one of a probe or element.
 * A session path without `epoch` means its only epoch.
 */
export const signalSourceSchema = z.object({
  path: pathSchema,
  /** One of the sessions of the dataset at the path; not needed where it has only one. */
  sessionId: z.string().optional(),
  device: z.string().optional(),
  /** Probe or element: `name | reference`, or the id of its document. Its channels are what `all` means then. */
  element: z.string().optional(),
  epoch: z.string().optional(),
  /** To try whether a file is such a raw matrix, whatever its bytes look like. */
  matrix: matrixDescriptionSchema.optional(),
});
export type SignalSource = z.infer<typeof signalSourceSchema>;

/** Channel names as `info` prints them with ranges, separated by commas (`ai1-4,ai7,di2`), or `all`. */
const channelListSchema = z.string().min(1);

/** Band and reference by which the analog inputs of a view are shown. */
export const processingSchema = z.object({
  /** Cut-off frequencies in Hz; null leaves that side open. */
  low: z.number().positive().max(1e6).nullable(),
  high: z.number().positive().max(1e6).nullable(),
  /** Order of the Butterworth filter on each side. */
  order: z.number().int().min(1).max(8),
  /** `zero`: forwards and backwards, so that nothing moves in time; `causal`: forwards only. */
  phase: z.enum(['zero', 'causal']),
  /** What is taken away at each sample: nothing, or the median or average of all analog inputs of the stream. */
  reference: z.enum(['none', 'median', 'average']),
});
export type SignalProcessing = z.infer<typeof processingSchema>;

export const viewRequestSchema = z.object({
  source: signalSourceSchema,
  channels: channelListSchema,
  /** Seconds on the source's clock, half-open. */
  t0: z.number(),
  t1: z.number(),
  /** Wanted columns, about the pixels of the view. */
  columns: z.number().int().min(1).max(8192),
  /**
   * A first impression will do: where the overview (the min/max pyramid) of a long recording is missing, it is begun in
   * the background, and meanwhile stripes of the recording are looked at. The frame says which share of it is sampled.
   */
  sketch: z.boolean().optional(),
  /** Shown so where the range is short enough; the frame says of which channels it is not. */
  processing: processingSchema.optional(),
});

export const samplesRequestSchema = z.object({
  source: signalSourceSchema,
  channels: channelListSchema,
  /** Seconds, or sample indices of each channel's own rate when `unit` says so; half-open. */
  from: z.number(),
  to: z.number(),
  unit: z.enum(['seconds', 'samples']),
});

export const eventSchema = z.object({
  channel: z.string(),
  /** Seconds on the source's clock. */
  time: z.number(),
  /** 1 for plain events, the code of a marker, the unit of a spike, or the words of a text channel. */
  value: z.union([z.number(), z.string()]),
  /** Seconds, where the event has an extent. */
  duration: z.number().optional(),
});
export type SignalEvent = z.infer<typeof eventSchema>;

export const envelopeSchema = z.object({
  columns: z.number(),
  t0: z.number(),
  t1: z.number(),
  /** One entry a channel; a column without samples is null in both lists. */
  channels: z.array(
    z.object({ name: z.string(), min: z.array(z.number().nullable()), max: z.array(z.number().nullable()) }),
  ),
  /** Pyramid level that answered; 0 means computed from the samples. */
  level: z.number(),
});
export type Envelope = z.infer<typeof envelopeSchema>;

export const samplesSchema = z.object({
  channels: z.array(z.object({ name: z.string(), units: z.string(), sampleRate: z.number() })),
  /** Time of the first sample given, in seconds. */
  t0: z.number(),
  /** One list a channel, in physical units; a channel that ends earlier gives what it has. */
  data: z.array(z.array(z.number().nullable())),
});
export type Samples = z.infer<typeof samplesSchema>;

export const recordingsContract = {
  /** What the source holds: header only, whatever its size. */
  describe: oc.input(z.object({ source: signalSourceSchema })).output(recordingInfoSchema),
};

export const signalsContract = {
  /**
   * What a screen shows of a time range: a binary frame (`shared/model/view-frame.ts`) of min/max columns, or of the
   * samples themselves where there are fewer than two a column.
   */
  view: oc.input(viewRequestSchema).output(bytesSchema),
  /** Min/max columns as JSON, for scripts. */
  envelope: oc.input(viewRequestSchema).output(envelopeSchema),
  /** Builds the whole overview (the min/max pyramid) of a recording; 0 parts where it would be no quicker. */
  buildOverview: oc
    .input(
      z.object({
        source: signalSourceSchema,
        /** Also store it in the session, as NDI's `pyraview` documents: one for each probe of the epoch. */
        store: z.boolean().optional(),
      }),
    )
    .output(
      z.object({
        path: z.string(),
        bytes: z.number(),
        parts: z.number(),
        /** Ids of the documents that were stored. */
        documents: z.array(z.string()),
      }),
    ),
  /** Exact samples in physical units; at most `MAX_SAMPLES_A_CALL` values. */
  read: oc.input(samplesRequestSchema).output(samplesSchema),
  /** The same as a binary frame (`shared/model/sample-frame.ts`), of doubles or of the half as large singles. */
  values: oc.input(samplesRequestSchema.extend({ precision: z.enum(['single', 'double']) })).output(bytesSchema),
  /** Events in a time range, in order of time. */
  events: oc
    .input(
      z.object({
        source: signalSourceSchema,
        channels: channelListSchema,
        from: z.number(),
        to: z.number(),
        limit: z.number().int().min(1).max(200_000).default(100_000),
      }),
    )
    .output(z.object({ events: z.array(eventSchema), total: z.number() })),
  /**
   * How many events of all channels fall into each of some equal parts of a time range: for a picture of an epoch,
   * however many there are. None at all (not even zeros) where the source has no channels with events, or lies in
   * NDI Cloud, from where nothing is fetched for it.
   */
  eventCounts: oc
    .input(
      z.object({
        source: signalSourceSchema,
        /** Seconds on the source's clock, half-open. */
        from: z.number(),
        to: z.number(),
        bins: z.number().int().min(1).max(2048),
      }),
    )
    .output(z.object({ counts: z.array(z.number().int()) })),
};

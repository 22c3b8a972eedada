import { oc } from '@orpc/contract';
import { z } from 'zod';
import { problemSchema, sessionPlace } from './common.ts';
import { signalSourceSchema } from './recordings.ts';

/** A time mapping: the line's scale and shift (longer only where a stored mapping is a polynomial, highest first). */
const mappingSchema = z.array(z.number());

/** Why two nodes are joined: within an epoch, to what a probe or element stands on, by equal clocks, by a rule. */
export const edgeKindSchema = z.enum(['sameEpoch', 'underlying', 'equalClock', 'rule']);

export const syncNodeSchema = z.object({
  /** DEVICE/EPOCH/CLOCK */
  id: z.string(),
  device: z.string(),
  epochId: z.string(),
  clock: z.string(),
  /** Seconds on the clock; null where not known. */
  t0: z.number().nullable(),
  t1: z.number().nullable(),
});
export type SyncNode = z.infer<typeof syncNodeSchema>;

const jumpSchema = z.object({
  /** Between these times of the first device, in seconds, the second device's clock went `seconds` ahead. */
  afterSec: z.number(),
  beforeSec: z.number(),
  seconds: z.number(),
});

/** What pulses tell about two clocks. */
export const clockFitSchema = z.object({
  /** First device's time to second's: one line over all. */
  mapping: mappingSchema,
  /** Lines from a time of the first device on, more than one where a clock jumps; null is from the beginning. */
  pieces: z.array(z.object({ fromSec: z.number().nullable(), mapping: mappingSchema })),
  jumps: z.array(jumpSchema),
  pulses: z.object({ first: z.number(), second: z.number(), matched: z.number(), duplicated: z.number() }).nullable(),
  residualMaxSec: z.number().nullable(),
  residualRmsSec: z.number().nullable(),
  lineResidualMaxSec: z.number().nullable(),
  driftPpm: z.number().nullable(),
});
export type ClockFitInfo = z.infer<typeof clockFitSchema>;

export const syncEdgeSchema = z.object({
  from: z.string(),
  to: z.string(),
  cost: z.number(),
  mapping: mappingSchema,
  /** Name of the sync rule, null where the edge needs none. */
  rule: z.string().nullable(),
  ruleId: z.string().nullable(),
  kind: edgeKindSchema,
  /** The mapping is stored in the session. */
  saved: z.boolean(),
  residualMaxSec: z.number().nullable(),
  driftPpm: z.number().nullable(),
  jumps: z.number().int(),
});
export type SyncEdge = z.infer<typeof syncEdgeSchema>;

export const syncRuleSchema = z.object({
  id: z.string(),
  class: z.string(),
  name: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  /** Names of the DAQ systems that it is about; none for rules about all. */
  devices: z.array(z.string()),
  /** Pairs of epochs that it relates. */
  links: z.number().int(),
  /** Why it relates none, or null. */
  reason: z.string().nullable(),
});
export type SyncRuleInfo = z.infer<typeof syncRuleSchema>;

export const syncGraphSchema = z.object({
  nodes: z.array(syncNodeSchema),
  edges: z.array(syncEdgeSchema),
  /** Edges between equal clocks that are there but not listed, because they are all with all and too many. */
  edgesNotListed: z.number(),
  rules: z.array(syncRuleSchema),
  problems: z.array(problemSchema),
});
export type SyncGraphInfo = z.infer<typeof syncGraphSchema>;

/** Something about a session's clocks that a person should know. */
export const clockFindingSchema = z.object({
  code: z.string(),
  grade: problemSchema.shape.grade,
  message: z.string(),
  /** What was measured, in `unit`. */
  value: z.number().nullable(),
  unit: z.enum(['s', 'ppm', 'pulses', 'epochs']).nullable(),
  /** Ids of the nodes that it is about. */
  nodes: z.array(z.string()),
  ruleId: z.string().nullable(),
});
export type ClockFinding = z.infer<typeof clockFindingSchema>;

export const clockPlaceSchema = z.object({
  /** DAQ system, or probe or element by name and reference: `probe: cortex | 1`, `cortex | 1`. */
  device: z.string().min(1),
  /** Id or number; left out, the time tells it. */
  epoch: z.string().optional(),
  clock: z.string().min(1),
});

export type ClockPlaceInput = z.infer<typeof clockPlaceSchema>;

export const hopSchema = z.object({
  from: z.string(),
  to: z.string(),
  rule: z.string().nullable(),
  mapping: mappingSchema,
  cost: z.number(),
  kind: edgeKindSchema,
  /** Seconds by which the step may be wrong; null where nothing tells. */
  errorSec: z.number().nullable(),
});
export type Hop = z.infer<typeof hopSchema>;

export const convertedSchema = z.object({
  time: z.number(),
  device: z.string(),
  epochId: z.string(),
  clock: z.string(),
  path: z.array(hopSchema),
  cost: z.number(),
  /** From the source's clock to this one, all steps together (highest power first). */
  mapping: mappingSchema,
  /** Sum of the steps' errors; null where one is not known. */
  errorSec: z.number().nullable(),
  /** Whether the time lies within the epoch that it is asked from, and within the one that it comes to. */
  withinSource: z.boolean(),
  within: z.boolean(),
  /** The sample nearest to it (from 0) of the device's fastest channels; null on another clock than that of the samples. */
  sample: z.number().int().nullable(),
});
export type Converted = z.infer<typeof convertedSchema>;

const clockLineSchema = z.object({
  fromSec: z.number(),
  toSec: z.number(),
  /** The other device's epoch. */
  epochId: z.string(),
  mapping: mappingSchema,
});

/** How the times of an epoch's signals stand on another clock. */
export const signalTimesSchema = z.object({
  /** The clock of the signals, with the extent of the epoch. */
  from: z.object({ device: z.string(), epochId: z.string(), clock: z.string(), t0: z.number(), t1: z.number() }),
  to: z.object({ device: z.string(), clock: z.string() }),
  /** In order of time, seconds of the signals' clock; a time between two of them has no place on the other clock. */
  lines: z.array(clockLineSchema),
  path: z.array(hopSchema),
  errorSec: z.number().nullable(),
});
export type SignalTimes = z.infer<typeof signalTimesSchema>;

/** Where an epoch lies on a clock of another device. */
export const placedEpochSchema = z.object({
  device: z.string(),
  epochId: z.string(),
  /** The other device's epoch, and the extent in seconds of its clock; null where the epoch has no place there. */
  on: z
    .object({
      epochId: z.string(),
      t0: z.number(),
      t1: z.number(),
      /** How its own times stand there, in order, where that is not one straight line from its start to its end. */
      lines: z.array(clockLineSchema).optional(),
    })
    .nullable(),
  /** Why it has none. */
  reason: z.string().nullable(),
});
export type PlacedEpoch = z.infer<typeof placedEpochSchema>;

const ruleRequestSchema = z.object({
  /** Class of NDI or its last word: `filematch`. */
  class: z.string().min(1),
  /** What is not given takes the rule's default. */
  parameters: z.record(z.string(), z.unknown()).default({}),
});

export const rulePreviewSchema = z.object({
  rule: syncRuleSchema,
  links: z.array(
    z.object({
      a: z.object({ device: z.string(), epochId: z.string() }),
      b: z.object({ device: z.string(), epochId: z.string() }),
      /** Null for every clock that both have. */
      clock: z.string().nullable(),
      fit: clockFitSchema.nullable(),
      /** Why there is no fit. */
      reason: z.string().nullable(),
    }),
  ),
  /** More links than are worked out for a preview. */
  linksNotShown: z.number().int(),
});
export type RulePreview = z.infer<typeof rulePreviewSchema>;

export const syncContract = {
  /** The whole graph, every link worked out. Probes and elements only where asked for. */
  graph: oc.input(z.object({ ...sessionPlace, derived: z.boolean().default(false) })).output(syncGraphSchema),
  /** What keeps times from being converted, or makes them doubtful. */
  health: oc.input(z.object(sessionPlace)).output(z.array(clockFindingSchema)),
  /** The clocks and files of one epoch of the graph. */
  epoch: oc.input(z.object({ ...sessionPlace, device: z.string(), epochId: z.string() })).output(
    z.object({
      clocks: z.array(z.object({ type: z.string(), t0: z.number().nullable(), t1: z.number().nullable() })),
      files: z.array(z.string()),
    }),
  ),
  /** One time on another clock, with the path. */
  convert: oc
    .input(z.object({ ...sessionPlace, time: z.number(), from: clockPlaceSchema, to: clockPlaceSchema }))
    .output(convertedSchema),
  /**
   * Many times of one clock on another: null where one has no place there. `path` is that of the first that has.
   */
  convertMany: oc
    .input(
      z.object({
        ...sessionPlace,
        times: z.array(z.number()).max(200_000),
        from: clockPlaceSchema,
        to: clockPlaceSchema,
      }),
    )
    .output(
      z.object({
        times: z.array(z.number().nullable()),
        epochIds: z.array(z.string()),
        /** Position in `epochIds` of each time's epoch, -1 where there is none. */
        epochs: z.array(z.number().int()),
        path: z.array(hopSchema),
        errorSec: z.number().nullable(),
      }),
    ),
  /** Every time of an epoch's signals on another clock, at once: as lines. */
  signalTimes: oc.input(z.object({ source: signalSourceSchema, to: clockPlaceSchema })).output(signalTimesSchema),
  /** Every epoch of the session on a clock of one device. */
  placeEpochs: oc
    .input(z.object({ ...sessionPlace, device: z.string().min(1), clock: z.string().min(1) }))
    .output(z.array(placedEpochSchema)),
  rules: oc.input(z.object(sessionPlace)).output(z.array(syncRuleSchema)),
  /** What a rule would relate, before it is kept. */
  preview: oc.input(z.object({ ...sessionPlace, rule: ruleRequestSchema })).output(rulePreviewSchema),
  /** Keeps a rule; one that is there already is left. One undoable step. */
  addRule: oc.input(z.object({ ...sessionPlace, rule: ruleRequestSchema })).output(z.array(syncRuleSchema)),
  removeRule: oc.input(z.object({ ...sessionPlace, id: z.string() })).output(z.array(syncRuleSchema)),
  /** Stores what the rules have worked out (`syncrule_mapping`), so that it need not be read again. */
  saveMappings: oc
    .input(z.object(sessionPlace))
    .output(z.object({ saved: z.number().int(), notSaved: z.array(problemSchema) })),
  /** Residuals of the pulses behind the edge between two nodes. */
  fit: oc.input(z.object({ ...sessionPlace, from: z.string(), to: z.string() })).output(
    z.object({
      rule: syncRuleSchema.nullable(),
      first: z.string(),
      second: z.string(),
      fit: clockFitSchema,
      /** Time on the first device, residual, residual of the one line; seconds. */
      residuals: z.array(z.tuple([z.number(), z.number(), z.number()])),
    }),
  ),
};

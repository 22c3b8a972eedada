import { oc } from '@orpc/contract';
import { z } from 'zod';
import { sessionPlace } from './common.ts';
import { editResultSchema } from './edits.ts';

const requestSchema = z.object({
  ...sessionPlace,
  /** Probe or element from which it is derived: its id, or `name | reference`. */
  element: z.string().min(1),
  /** Of the new element; one that was derived so before gets what it lacks. */
  name: z.string().trim().min(1).max(200),
  reference: z.number().int().min(0).max(100_000),
  how: z.discriminatedUnion('kind', [
    /** Every so many-th sample of each epoch, after a low-pass. */
    z.object({ kind: z.literal('downsample'), factor: z.number().int().min(2).max(100_000) }),
    /** All epochs as one. */
    z.object({ kind: z.literal('oneEpoch') }),
  ]),
});
export type DerivationRequest = z.infer<typeof requestSchema>;

/** What a derivation would write. */
export const derivationPlanSchema = z.object({
  /** `cortex | 1`. */
  from: z.string(),
  to: z.string(),
  /** Whether the new element is there and only lacks epochs. */
  exists: z.boolean(),
  /** The epochs that would be taken, in the order of time. */
  epochs: z.array(z.object({ epochId: z.string(), rows: z.number() })),
  /** Epochs that it has already. */
  already: z.number(),
  /** Those that cannot be read. */
  leftOut: z.array(z.object({ epochId: z.string(), reason: z.string() })),
  columns: z.number(),
  /** Samples a second: of the source, and of what is made of it. Null for events. */
  fromRate: z.number().nullable(),
  toRate: z.number().nullable(),
  /** Samples or events that would be written. */
  rows: z.number(),
  sizeBytes: z.number(),
  /** Clock that puts the epochs in order; null where they follow each other without one, and for a downsampling. */
  clock: z.string().nullable(),
});
export type DerivationPlan = z.infer<typeof derivationPlanSchema>;

/** Elements that are computed from others. */
export const derivedElementsContract = {
  plan: oc.input(requestSchema).output(derivationPlanSchema),
  /** Computes and stores it, as one step that can be undone. `ids` is empty where nothing is lacking. */
  make: oc.input(requestSchema).output(editResultSchema.extend({ plan: derivationPlanSchema })),
};

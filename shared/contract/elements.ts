import { oc } from '@orpc/contract';
import { z } from 'zod';
import { sessionPlace } from './common.ts';
import { clockSpanSchema } from './sessions.ts';

/** A probe, or what was derived from one: a neuron, a filtered signal. */
export const elementSchema = z.object({
  /** Id of its document; null while a probe is known from epoch probe maps only. */
  id: z.string().nullable(),
  name: z.string(),
  reference: z.number(),
  type: z.string(),
  /** Class of NDI: `ndi.neuron`. */
  className: z.string(),
  /** Local identifier of the subject. */
  subject: z.string(),
  probe: z.boolean(),
  /** Its epochs are those of what it stands on. */
  direct: z.boolean(),
  /** Id of the element on which it stands, or null. */
  underlyingId: z.string().nullable(),
  epochs: z.array(
    z.object({
      epochId: z.string(),
      /** 1-based position in the element's own epoch table. */
      number: z.number().int(),
      /** DAQ system whose recording it is; null where the element holds it itself. */
      device: z.string().nullable(),
      clocks: z.array(clockSpanSchema),
    }),
  ),
});
export type ElementInfo = z.infer<typeof elementSchema>;

/** Their signals are read as any other: a source names the element and its epoch. */
export const elementsContract = {
  /** Probes and elements of a session with their epochs; of one only where it is named, as a source names it. */
  list: oc.input(z.object({ ...sessionPlace, element: z.string().optional() })).output(z.array(elementSchema)),
};

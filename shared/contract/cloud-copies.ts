import { oc } from '@orpc/contract';
import { z } from 'zod';
import { pathSchema } from './common.ts';

const path = z.object({ path: pathSchema });
const duplicate = z.object({ id: z.string(), kept: z.string(), extra: z.array(z.string()) });

/** By `base.id`s; addresses on the server are `apiId`, `kept` and `extra`. */
export const copyComparisonSchema = z.object({
  cloudDatasetId: z.string(),
  /** Whether the documents that are on both sides were compared too. */
  contents: z.boolean(),
  localOnly: z.number(),
  remoteOnly: z.number(),
  common: z.number(),
  localOnlyIds: z.array(z.string()),
  remoteOnlyIds: z.array(z.string()),
  commonIds: z.array(z.string()),
  mismatchedIds: z.array(z.string()),
  mismatchDetails: z.array(z.object({ ndiId: z.string(), apiId: z.string(), reason: z.string() })),
  /** Documents that are in the cloud more than once. */
  duplicates: z.array(duplicate),
  /** Records in the cloud without an NDI id. */
  withoutId: z.number(),
});
export type CopyComparison = z.infer<typeof copyComparisonSchema>;

export const copyRepairSchema = z.object({
  cloudDatasetId: z.string(),
  dryRun: z.boolean(),
  duplicates: z.array(duplicate),
  deletedThere: z.number(),
  failed: z.array(z.object({ id: z.string(), reason: z.string() })),
});
export type CopyRepair = z.infer<typeof copyRepairSchema>;

export const cloudCopiesContract = {
  /** How a copy and its dataset differ. Changes nothing. */
  compare: oc.input(path.extend({ contents: z.boolean().default(false) })).output(copyComparisonSchema),
  /** Takes away what is in the cloud more than once. @throws sync.consentNeeded without a yes */
  repair: oc
    .input(path.extend({ yes: z.boolean().default(false), dryRun: z.boolean().default(false) }))
    .output(copyRepairSchema),
  /** Links a copy to a dataset that is in the cloud already, in place of any link that it has. */
  link: oc.input(path.extend({ datasetId: z.string() })).output(z.object({ cloudDatasetId: z.string() })),
  /** Takes the link away (or the one of several); nothing changes in the cloud. */
  unlink: oc
    .input(path.extend({ datasetId: z.string().optional() }))
    .output(z.object({ unlinked: z.array(z.string()) })),
  /** Brings a deleted dataset back. @throws cloud.notFound once it is gone for good */
  restore: oc
    .input(z.object({ datasetId: z.string() }))
    .output(z.object({ cloudDatasetId: z.string(), name: z.string() })),
  /** Deletes a dataset in the cloud. @throws sync.consentNeeded unless its name was given */
  remove: oc
    .input(
      z.object({
        datasetId: z.string(),
        /** As it was typed. */
        name: z.string(),
        /** Until then it can be restored: `7d`, `12h`, `30m`, or `now`. */
        when: z
          .string()
          .regex(/^(\d+[dhm]|now)$/)
          .default('7d'),
      }),
    )
    .output(z.object({ cloudDatasetId: z.string(), when: z.string() })),
};

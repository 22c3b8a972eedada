import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Id of the one job that stands for all files that are being fetched. */
export const FETCH_JOB = 'cloud-files';

/** What files of NDI Cloud that were needed once take on this computer. */
export const cloudFilesUsageSchema = z.object({ bytes: z.number(), files: z.number(), budgetBytes: z.number() });
export type CloudFilesUsage = z.infer<typeof cloudFilesUsageSchema>;

export const cloudFilesContract = {
  usage: oc.output(cloudFilesUsageSchema),
  /** Removes them all; they are fetched again when they are needed. */
  clear: oc.output(cloudFilesUsageSchema),
};

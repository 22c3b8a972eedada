import { oc } from '@orpc/contract';
import { z } from 'zod';

const valueSchema = z.union([z.string(), z.number()]);

const preferencesSchema = z.object({
  /** The file that NDI-matlab and NDI-python read too. */
  file: z.string(),
  preferences: z.array(
    z.object({ path: z.string(), value: valueSchema, defaultValue: valueSchema, description: z.string() }),
  ),
});

/** NDI's own preferences, which are not the application's settings. */
export const preferencesContract = {
  list: oc.output(preferencesSchema),
  set: oc.input(z.object({ path: z.string(), value: valueSchema })).output(preferencesSchema),
  /** One preference, or all of them. */
  reset: oc.input(z.object({ path: z.string().optional() })).output(preferencesSchema),
};

import { z } from 'zod';
import { errorCodes, type ErrorCode, type ErrorReport } from '../model/errors.ts';

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]];

/** {@link import('../model/errors.ts').ErrorReport} on the wire. */
export const errorReportSchema: z.ZodType<ErrorReport> = z.object({
  code: z.enum(codes),
  message: z.string(),
  recovery: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])),
});

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

/** The name under which every typed error of ours crosses the wall (its report is the data). */
export const NDI_ERROR = 'NDI_ERROR';

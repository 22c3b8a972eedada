import { ORPCError } from '@orpc/client';
import { NdiError, fromErrorReport, toErrorReport, type ErrorReport } from '../model/errors.ts';

/** The name under which every typed error of ours crosses the wall (its report is the data). */
const NDI_ERROR = 'NDI_ERROR';

/** Puts an error of ours into the envelope in which it crosses a wall. Anything else is reported as unexpected. */
export function toWireError(thrown: unknown): ORPCError<string, unknown> {
  if (thrown instanceof ORPCError && thrown.code !== 'INTERNAL_SERVER_ERROR')
    return thrown as ORPCError<string, unknown>;
  const report = toErrorReport(thrown);
  return new ORPCError(NDI_ERROR, { message: report.message, data: report, cause: thrown });
}

/** What a caller sees: every failure of a call as an {@link NdiError}. */
export function toNdiError(thrown: unknown): NdiError {
  if (thrown instanceof NdiError) return thrown;
  if (thrown instanceof ORPCError) {
    // Our own services made it: no schema is needed to believe it.
    if (thrown.code === NDI_ERROR) return fromErrorReport(thrown.data as ErrorReport);
    if (thrown.code === 'BAD_REQUEST') {
      return new NdiError({
        code: 'usage.invalid',
        message: `The request is not valid: ${describeIssues(thrown.data)}`,
        recovery: 'Correct the value that is named.',
        cause: thrown,
      });
    }
  }
  return fromErrorReport(toErrorReport(thrown));
}

function describeIssues(data: unknown): string {
  const issues = (data as { issues?: { path?: unknown[]; message?: string }[] } | undefined)?.issues ?? [];
  const sentences = issues.map((issue) => `${(issue.path ?? []).map(String).join('.')}: ${issue.message ?? 'invalid'}`);
  return sentences.length > 0 ? sentences.join('; ') : 'it does not fit the contract';
}

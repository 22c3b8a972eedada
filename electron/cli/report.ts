import { errorCodes, type ErrorReport } from '../../shared/model/errors.ts';
import { paint } from './paint.ts';
import { printable } from './tables.ts';

/** Tells a failure: as JSON on standard output, or in words on standard error. Gives the exit status. */
export function tellFailure(report: ErrorReport, json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify({ error: report })}\n`);
  else process.stderr.write(`${describeFailure(report)}\n`);
  return errorCodes[report.code].exit;
}

function describeFailure(report: ErrorReport): string {
  const message = paint('red', printable(report.message), process.stderr);
  return `${message}\n${printable(report.recovery)} ${paint('dim', `[${report.code}]`, process.stderr)}`;
}

/** Writes JSON on one line, or indented for people who look at it. */
export function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, process.stdout.isTTY ? 2 : undefined)}\n`;
}

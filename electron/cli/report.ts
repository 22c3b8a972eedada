import { errorCodes, type ErrorCode, type ErrorReport } from '../../shared/model/errors.ts';
import { paint } from './paint.ts';
import { printable } from './tables.ts';

/** The sentences of the services name what every door has; these are the command line's own ways on. */
const ways: Partial<Record<ErrorCode, (details: ErrorReport['details']) => string>> = {
  'session.notIngested': ({ sessions }) =>
    sessions === undefined ? '“ndi epochs” shows them.' : '“ndi cloud upload --take-in” does both, then sends.',
  'sync.consentNeeded': ({ consent, here, there }) => {
    if (consent === undefined) return there === undefined ? '' : 'Look with --dry-run, and agree with --yes.';
    const many = consent === 'typed' ? ` --max-deletions ${Number(here) + Number(there)}` : '';
    return `To agree, give --yes${many}.`;
  },
};

/** A failure as the command line tells it. */
export function withOwnWay(told: ErrorReport): ErrorReport {
  const way = ways[told.code]?.(told.details) ?? '';
  return way === '' ? told : { ...told, recovery: `${told.recovery} ${way}` };
}

/** Tells a failure: as JSON on standard output, or in words on standard error. Gives the exit status. */
export function tellFailure(told: ErrorReport, json: boolean): number {
  const report = withOwnWay(told);
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

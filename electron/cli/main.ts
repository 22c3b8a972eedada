import { CommanderError } from 'commander';
import { errorCodes, NdiError, toErrorReport } from '../../shared/model/errors.ts';
import { buildProgram, type Action } from './program.ts';
import { tellFailure, toJson } from './report.ts';
import { Run } from './run.ts';

/** A second Ctrl-C after this time ends the program at once; npm and the terminal may both send the first. */
const IMPATIENCE_MS = 700;

/**
 * Runs one command.
 * @param argv without the program's own name
 * @returns the exit status
 */
export async function main(argv: readonly string[]): Promise<number> {
  const json = wantsJson(argv);
  const { signal, stop } = cancelOnInterrupt();
  const run = new Run(json, signal);
  ignoreClosedPipe();
  try {
    const action = parse(argv);
    if (action === null) return 0;
    const answer = await action(run);
    // What has no answer, such as serving, ends by Ctrl-C without another word.
    if (answer === null) return signal.aborted ? errorCodes['app.cancelled'].exit : 0;
    await print(json ? toJson(answer.value) : `${answer.text()}\n`);
    return answer.exit ?? 0;
  } catch (thrown) {
    return tellFailure(toErrorReport(signal.aborted ? cancelled() : thrown), json);
  } finally {
    await run.close();
    stop();
  }
}

/** The action that the arguments ask for; null when help or the version was shown. */
function parse(argv: readonly string[]): Action | null {
  let chosen: Action | null = null;
  const program = buildProgram((action) => (chosen = action));
  try {
    program.parse([...argv], { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return null;
    throw wrongUsage(thrown.code === 'commander.help' ? 'No command was given.' : thrown.message);
  }
  return chosen;
}

function wrongUsage(message: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: message
      .replace(/^error: /, '')
      .replace('\n', ' ')
      .replace(/^./, (first) => first.toUpperCase()),
    recovery: 'Run “ndi --help”, or “ndi COMMAND --help”, for what can be asked.',
  });
}

/** Before the arguments are parsed, so that their own mistakes are told in JSON too. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? undefined : end).includes('--json');
}

function cancelOnInterrupt(): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  let firstAt = 0;
  const onInterrupt = () => {
    if (firstAt === 0) firstAt = Date.now();
    else if (Date.now() - firstAt > IMPATIENCE_MS) process.exit(130);
    controller.abort(cancelled());
  };
  process.on('SIGINT', onInterrupt);
  return { signal: controller.signal, stop: () => process.off('SIGINT', onInterrupt) };
}

function cancelled(): NdiError {
  return new NdiError({ code: 'app.cancelled', message: 'Cancelled.', recovery: 'Nothing was left half done.' });
}

/** `ndi … | head` closes our output: that is the reader's wish, not a fault. */
function ignoreClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

async function print(text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

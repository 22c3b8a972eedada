import { createInterface } from 'node:readline/promises';
import { NdiError } from '../../shared/model/errors.ts';

/** Someone sits at the terminal and can be asked. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks for a line on the terminal; on standard error, since standard output is for answers. */
export async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(question, { signal })).trim();
  } finally {
    terminal.close();
  }
}

/** Asks for a password; what is typed is not shown. */
export async function askSecretly(question: string, signal: AbortSignal): Promise<string> {
  process.stderr.write(question);
  process.stdin.setRawMode(true);
  process.stdin.setEncoding('utf8');
  try {
    return await typedLine(signal);
  } finally {
    process.stdin.setRawMode(false);
    process.stdin.pause();
    process.stderr.write('\n');
  }
}

function typedLine(signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed = '';
    const hear = (text: string) => {
      for (const character of text) {
        if (character === '\r' || character === '\n') end(() => resolve(typed));
        else if (character === '\u0003') end(() => process.kill(process.pid, 'SIGINT'));
        else if (character === '\u007f' || character === '\b') typed = typed.slice(0, -1);
        else typed += character;
      }
    };
    const stop = () => end(() => reject(signal.reason as Error));
    const end = (then: () => void) => {
      process.stdin.off('data', hear);
      signal.removeEventListener('abort', stop);
      then();
    };
    signal.addEventListener('abort', stop, { once: true });
    process.stdin.on('data', hear);
    process.stdin.resume();
  });
}

/** The first line of standard input. */
export async function firstLine(): Promise<string> {
  let text = '';
  for await (const part of process.stdin.setEncoding('utf8')) text += String(part);
  return text.split(/\r?\n/)[0] ?? '';
}

export function nothingToAsk(what: string, ways: string): NdiError {
  return new NdiError({ code: 'usage.invalid', message: `The ${what} is missing.`, recovery: ways });
}

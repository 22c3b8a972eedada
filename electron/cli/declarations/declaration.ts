import type { Argument, Command as Program, Option } from 'commander';
import type { Command } from '../run.ts';

/** Words that hold commands of their own, and what they are about. */
export const groups = { cloud: 'Work with NDI Cloud: accounts, datasets, transfers' } as const;

/** A command as the command line offers it. */
export interface Declaration<Options> {
  /** The word before it, for commands that belong together: `cloud`. */
  readonly group?: keyof typeof groups;
  /** `info <path>` */
  readonly usage: string;
  readonly does: string;
  readonly example: string;
  readonly options?: readonly Option[];
  readonly args?: readonly Argument[];
  /** Loaded when the command is run, and not before: a start must not wait for what it does not use. */
  readonly load: (program: Program) => Promise<Command<Options>>;
}

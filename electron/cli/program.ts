import { Argument, Command as Program, InvalidArgumentError, Option } from 'commander';
import { applicationVersion } from '../services/version.ts';
import type { Answer, Command, Run } from './run.ts';

/** A command with its arguments, ready to run. */
export type Action = (run: Run) => Promise<Answer | null>;

interface Declaration<Options> {
  /** `info <path>` */
  readonly usage: string;
  readonly does: string;
  readonly example: string;
  readonly options?: readonly Option[];
  readonly args?: readonly Argument[];
  /** Loaded when the command is run, and not before: a start must not wait for what it does not use. */
  readonly load: (program: Program) => Promise<Command<Options>>;
}

const device = () => new Option('--device <name>', 'DAQ system of a session');
const epoch = () => new Option('--epoch <id>', 'epoch of the DAQ system; may be left out where there is one only');
const channels = () =>
  new Option('--channels <list>', 'names and ranges, such as ai1-4,ai7,di2, or all').makeOptionMandatory();
const from = () => seconds('--from <time>', 'start, in seconds');
const to = () => seconds('--to <time>', 'end, in seconds; not included');

const declarations: readonly Declaration<never>[] = [
  {
    usage: 'info <path>',
    does: 'Tell what a path is and holds: session, dataset, recording or folder',
    example: 'ndi info ~/data/2024-05-01/run1.rhd',
    load: async () => (await import('./commands/info.ts')).info,
  },
  {
    usage: 'scan <folder>',
    does: 'Look for recordings in a folder and show what an import would make of them; writes nothing',
    example: 'ndi scan ~/data/2024-05-01',
    load: async () => (await import('./commands/sessions.ts')).scan,
  },
  {
    usage: 'create <sessionDir>',
    does: 'Make a session, from the recordings of a folder if asked',
    example: 'ndi create ~/data/2024-05-01 --reference mouse12 --from ~/data/2024-05-01',
    options: [
      new Option('--reference <name>', 'name of the session').makeOptionMandatory(),
      new Option('--from <folder>', 'folder of recordings: the session’s own, or one in it'),
      new Option('--subject <id>', 'local identifier of the subject, such as mouse12@lab.org'),
    ],
    load: async () => (await import('./commands/sessions.ts')).create,
  },
  {
    usage: 'demo <dir>',
    does: 'Write the sample session into an empty or new folder',
    example: 'ndi demo ~/ndi-demo',
    options: [new Option('--seed <n>', 'another number, another experiment').default(1).argParser(integer)],
    load: async () => (await import('./commands/sessions.ts')).demo,
  },
  {
    usage: 'documents <path>',
    does: 'List the documents of a session or dataset',
    example: 'ndi documents ~/ndi-demo --isa element --where \'base.name ~contains "tetrode"\'',
    options: [
      new Option('--class <name>', 'of this class'),
      new Option('--isa <name>', 'of this class or of one that descends from it'),
      new Option(
        '--where <expression>',
        'NDI’s query, as JSON or in its readable form; - reads it from standard input',
      ),
      new Option('--depends-on <name=id>', 'that depend on a document'),
      new Option('--id <id>', 'the one with this id'),
      new Option('--session <id>', 'of this session of a dataset'),
      new Option('--full', 'the whole documents'),
      new Option('--limit <n>', 'at most so many').argParser(count),
    ],
    load: async () => (await import('./commands/documents.ts')).documents,
  },
  {
    usage: 'epochs <path>',
    does: 'List the epochs of a session',
    example: 'ndi epochs ~/ndi-demo --device intan',
    options: [device()],
    load: async () => (await import('./commands/epochs.ts')).epochs,
  },
  {
    usage: 'probes <path>',
    does: 'List the probes of a session',
    example: 'ndi probes ~/ndi-demo',
    load: async () => (await import('./commands/epochs.ts')).probes,
  },
  {
    usage: 'read <path>',
    does: 'Give samples in physical units',
    example: 'ndi read run1.rhd --channels ai1-4 --from 0 --to 2 --format npy --out run1.npy',
    options: [
      channels(),
      from(),
      to(),
      device(),
      epoch(),
      new Option('--samples', '--from and --to are sample indices of each channel’s own rate'),
      new Option(
        '--format <name>',
        'form of the samples (of --out by its ending; else json with --json, else csv)',
      ).choices(['json', 'csv', 'npy', 'f32']),
      new Option('--out <file>', 'file to write; - is standard output'),
    ],
    load: async () => (await import('./commands/read.ts')).read,
  },
  {
    usage: 'events <path>',
    does: 'Give events in a time range',
    example: 'ndi events run1.nev --channels all --from 0 --to 60',
    options: [channels(), from(), to(), device(), epoch()],
    load: async () => (await import('./commands/signals.ts')).events,
  },
  {
    usage: 'envelope <path>',
    does: 'Give minima and maxima of equal stretches of time',
    example: 'ndi envelope run1.rhd --channels ai1-32 --from 0 --to 600 --columns 1000',
    options: [
      channels(),
      from(),
      to(),
      new Option('--columns <n>', 'number of stretches').makeOptionMandatory().argParser(count),
      device(),
      epoch(),
    ],
    load: async () => (await import('./commands/signals.ts')).envelope,
  },
  {
    usage: 'serve [path]',
    does: 'Start the web door and print its address',
    example: 'ndi serve --port 4747 --open',
    options: [
      new Option('--port <n>', 'port of the loopback interface; 0 picks a free one').argParser(port),
      new Option('--open', 'open the address in the default browser'),
      new Option('--no-token', 'let in whoever reaches this machine’s loopback interface'),
      new Option('--ipv6', 'listen on ::1 too'),
      new Option('--dev', 'the page from its sources, with hot reload').hideHelp(),
    ],
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  {
    usage: 'completion',
    does: 'Print the completion script of a shell',
    example: 'source <(ndi completion bash)',
    args: [new Argument('<shell>').choices(['bash', 'zsh', 'fish'])],
    load: async (program) => (await import('./commands/completion.ts')).completionOf(program),
  },
];

/**
 * The program with all its commands. Parsing it runs nothing: the chosen action is handed to `choose`.
 * It throws CommanderError where the usage is wrong.
 */
export function buildProgram(choose: (action: Action) => void): Program {
  const program = new Program('ndi')
    .description('The Neuroscience Data Interface on the command line.')
    .version(applicationVersion(), '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show what can be asked')
    .helpCommand(false)
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  for (const declaration of declarations) addCommand(program, declaration, choose);
  return program;
}

function addCommand(program: Program, declaration: Declaration<never>, choose: (action: Action) => void): void {
  const command = program.command(declaration.usage).description(declaration.does);
  for (const argument of declaration.args ?? []) command.addArgument(argument);
  for (const option of declaration.options ?? []) command.addOption(option);
  command
    .option('--json', 'one JSON value on standard output, and nothing else there')
    .helpOption('-h, --help', 'show what can be asked')
    .addHelpText('after', `\nExample:\n  ${declaration.example}`)
    .action(() => {
      const args = command.processedArgs.filter((argument): argument is string => typeof argument === 'string');
      choose(async (run) => (await declaration.load(program))(run, args, command.opts<never>()));
    });
}

function seconds(flags: string, description: string): Option {
  return new Option(flags, description).makeOptionMandatory().argParser(finite);
}

function finite(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('It is not a number.');
  return value;
}

function integer(text: string): number {
  const value = finite(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('It is not a whole number.');
  return value;
}

function count(text: string): number {
  const value = integer(text);
  if (value < 1) throw new InvalidArgumentError('It must be 1 or more.');
  return value;
}

function port(text: string): number {
  const value = integer(text);
  if (value < 0 || value > 65_535) throw new InvalidArgumentError('A port is 0 to 65535.');
  return value;
}

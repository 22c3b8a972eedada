import { Argument, Option } from 'commander';
import type { Declaration } from './declaration.ts';
import { port } from './options.ts';

/** The web door and the shell. */
export const doorDeclarations: readonly Declaration<never>[] = [
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
    load: async () => (await import('../commands/serve.ts')).serveCommand,
  },
  {
    usage: 'completion',
    does: 'Print the completion script of a shell',
    example: 'source <(ndi completion bash)',
    args: [new Argument('<shell>').choices(['bash', 'zsh', 'fish'])],
    load: async (program) => (await import('../commands/completion.ts')).completionOf(program),
  },
  {
    usage: 'preferences [action] [path] [value]',
    does: 'List, set and reset the preferences that NDI-matlab and NDI-python share (list, set PATH VALUE, reset [PATH])',
    example: 'ndi preferences set Cloud.Upload.Max_File_Batch_Size 250000000',
    load: async () => (await import('../commands/preferences.ts')).preferences,
  },
];

import { Option } from 'commander';
import type { Declaration } from './declaration.ts';
import { finite } from './options.ts';

const sessionOption = () => new Option('--session <id>', 'this session of a dataset');

/** Clocks of devices: the sync graph, its rules, times from clock to clock. */
export const syncDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'sync-graph <path>',
    does: 'Show how the clocks of a session are related, and what is doubtful about them',
    example: 'ndi sync-graph ~/ndi-demo',
    options: [new Option('--derived', 'with probes and elements'), sessionOption()],
    load: async () => (await import('../commands/sync.ts')).syncGraph,
  },
  {
    usage: 'convert-time <path>',
    does: 'Put a time of one clock on another, and tell by which path',
    example: 'ndi convert-time ~/ndi-demo --time 12.5 --from intan1/1/dev_local_time --to blackrock1/dev_local_time',
    options: [
      new Option('--time <seconds>', 'the time on the clock that it comes from')
        .makeOptionMandatory()
        .argParser(finite),
      new Option(
        '--from <place>',
        'DEVICE/EPOCH/CLOCK; on a global clock the epoch may be left out',
      ).makeOptionMandatory(),
      new Option('--to <place>', 'DEVICE[/EPOCH]/CLOCK').makeOptionMandatory(),
      sessionOption(),
    ],
    load: async () => (await import('../commands/sync.ts')).convertTime,
  },
  {
    usage: 'sync-rules <path>',
    does: 'List, try, add and remove the sync rules of a session; store what they have worked out',
    example: 'ndi sync-rules ~/ndi-demo --preview filematch --parameters \'{"number_fullpath_matches": 1}\'',
    options: [
      new Option('--preview <rule>', 'what a rule would relate, without keeping it'),
      new Option(
        '--add <rule>',
        'keep a rule: filematch, filefind, commonTriggersOverlappingEpochs, randomPulses',
      ).conflicts(['preview', 'remove', 'saveMappings']),
      new Option('--parameters <json>', 'parameters of the rule; what is not given takes its default'),
      new Option('--remove <id>', 'remove the rule with this id').conflicts(['preview', 'saveMappings']),
      new Option('--save-mappings', 'store the mappings of all rules in the session').conflicts('preview'),
      sessionOption(),
    ],
    load: async () => (await import('../commands/sync.ts')).syncRules,
  },
];

import { Command as Program } from 'commander';
import { applicationVersion } from '../services/version.ts';
import { datasetDeclarations } from './declarations/datasets.ts';
import { documentGraphDeclarations } from './declarations/document-graph.ts';
import { calculatorDeclarations } from './declarations/calculators.ts';
import { cloudDeclarations } from './declarations/cloud.ts';
import { comparisonDeclarations } from './declarations/comparisons.ts';
import { cloudPublishDeclarations } from './declarations/cloud-publish.ts';
import { cloudCopiesDeclarations } from './declarations/cloud-copies.ts';
import { cloudSyncDeclarations } from './declarations/cloud-sync.ts';
import { groups, type Declaration } from './declarations/declaration.ts';
import { documentDeclarations } from './declarations/documents.ts';
import { doorDeclarations } from './declarations/doors.ts';
import { imageDeclarations } from './declarations/images.ts';
import { metadataDeclarations } from './declarations/metadata.ts';
import { objectDeclarations } from './declarations/objects.ts';
import { ontologyDeclarations } from './declarations/ontology.ts';
import { editDeclarations } from './declarations/edits.ts';
import { importDeclarations } from './declarations/imports.ts';
import { maintenanceDeclarations } from './declarations/maintenance.ts';
import { sessionDeclarations } from './declarations/sessions.ts';
import { signalDeclarations } from './declarations/signals.ts';
import { stimulusDeclarations } from './declarations/stimuli.ts';
import { subjectDeclarations } from './declarations/subjects.ts';
import { tableDeclarations } from './declarations/tables.ts';
import { unitDeclarations } from './declarations/units.ts';
import { syncDeclarations } from './declarations/sync.ts';
import type { Answer, Run } from './run.ts';

/** A command with its arguments, ready to run. */
export type Action = (run: Run) => Promise<Answer | null>;

const declarations: readonly Declaration<never>[] = [
  ...sessionDeclarations,
  ...importDeclarations,
  ...datasetDeclarations,
  ...maintenanceDeclarations,
  ...comparisonDeclarations,
  ...documentDeclarations,
  ...documentGraphDeclarations,
  ...tableDeclarations,
  ...ontologyDeclarations,
  ...metadataDeclarations,
  ...subjectDeclarations,
  ...objectDeclarations,
  ...editDeclarations,
  ...signalDeclarations,
  ...imageDeclarations,
  ...stimulusDeclarations,
  ...unitDeclarations,
  ...calculatorDeclarations,
  ...cloudDeclarations,
  ...cloudSyncDeclarations,
  ...cloudPublishDeclarations,
  ...cloudCopiesDeclarations,
  ...syncDeclarations,
  ...doorDeclarations,
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
  const parent = declaration.group === undefined ? program : groupOf(program, declaration.group, declaration.example);
  const command = parent.command(declaration.usage).description(declaration.does);
  for (const argument of declaration.args ?? []) command.addArgument(argument);
  for (const option of declaration.options ?? []) command.addOption(option);
  command
    .option('--json', 'one JSON value on standard output, and nothing else there')
    .helpOption('-h, --help', 'show what can be asked')
    .addHelpText('after', `\nExample:\n  ${declaration.example}`)
    .action(() => {
      const args = command.processedArgs.flat().filter((argument) => typeof argument === 'string');
      choose(async (run) => (await declaration.load(program))(run, args, command.opts<never>()));
    });
}

/** The command that holds those of a group; made with the first of them. */
function groupOf(program: Program, name: keyof typeof groups, example: string): Program {
  const made = program.commands.find((command) => command.name() === name);
  if (made !== undefined) return made;
  return program
    .command(name)
    .description(groups[name])
    .helpOption('-h, --help', 'show what can be asked')
    .addHelpText('after', `\nExample:\n  ${example}`)
    .helpCommand(false);
}

// The work of `npm run package`: validates the settings of Forge and electron-builder, checks the list of files for the
// archive, packages with Forge, and lets electron-builder make installers of the result.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { foreignImports, isLeftOut, listProblems } from './packaged-files.ts';

const root = dirname(dirname(import.meta.dirname));
const builderSettings = join('build', 'packaging', 'electron-builder.json');
/** A first download of Electron (100 MB) over a slow line. */
const DOWNLOAD_MS = 180_000;

const problems = [...(await forgeProblems()), ...(await builderProblems()), ...fileProblems()];
if (problems.length > 0) {
  for (const problem of problems) process.stderr.write(`FAILED  ${problem}\n`);
  process.exit(1);
}
if (!haveElectron()) {
  say('Configuration and file list are valid; the Electron binary is not here, so no installer was made.');
} else {
  runTool('@electron-forge/cli', 'electron-forge', ['package']);
  const packaged = packagedFolder();
  runTool('electron-builder', 'electron-builder', [
    ...['--prepackaged', packaged, '--config', builderSettings, '--publish', 'never'],
  ]);
  say(`The installers are in ${join('out', 'installers')}.`);
}

/** Forge's own reading of forge.config.ts, and what it must say. */
async function forgeProblems(): Promise<string[]> {
  const read = await loadFile('@electron-forge', 'core', 'dist', 'util', 'forge-config.js');
  const config = (await (read.default as (folder: string) => Promise<object>)(root)) as {
    packagerConfig?: { asar?: unknown; ignore?: unknown; icon?: string };
    plugins?: { name?: string; fusesConfig?: object }[];
  };
  const found: string[] = [];
  const { asar, ignore, icon = '' } = config.packagerConfig ?? {};
  if (asar === undefined || asar === false) found.push('forge.config.ts: the application must be an archive (asar).');
  if (ignore !== isLeftOut && typeof ignore !== 'function') found.push('forge.config.ts: the file list is not ours.');
  for (const ending of ['png', 'ico', 'icns']) {
    if (!existsSync(join(root, `${icon}.${ending}`))) found.push(`forge.config.ts: ${icon}.${ending} is missing.`);
  }
  const fuses = config.plugins?.find(({ name }) => name === 'fuses')?.fusesConfig ?? {};
  if (Object.keys(fuses).length < 2) found.push('forge.config.ts: no fuse is set.');
  return [...found, ...passed('Forge configuration', found)];
}

/** electron-builder's settings against its own schema. */
async function builderProblems(): Promise<string[]> {
  const { validateConfiguration } = await loadFile('app-builder-lib', 'out', 'util', 'config', 'config.js');
  const { DebugLogger } = await loadFile('builder-util', 'out', 'util.js');
  const settings = JSON.parse(readFileSync(join(root, builderSettings), 'utf8')) as object;
  const found: string[] = [];
  try {
    const logger = new (DebugLogger as new (enabled: boolean) => object)(false);
    await (validateConfiguration as (settings: object, logger: object) => Promise<void>)(settings, logger);
  } catch (fault) {
    found.push(`${builderSettings}: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  return [...found, ...passed('electron-builder configuration', found)];
}

/** The archive's files as Forge would choose them, and what the bundles among them import. */
function fileProblems(): string[] {
  const files = listFiles('');
  const builtins = new Set(builtinModules);
  const found = listProblems(files);
  for (const path of files.filter((file) => /^\/dist\/electron\/.*\.c?js$/.test(file))) {
    const missing = foreignImports(readFileSync(join(root, path), 'utf8'), builtins);
    for (const name of missing) found.push(`${path} imports ${name}, which will not be there.`);
  }
  return [...found, ...passed(`file list (${files.length} files)`, found)];
}

function listFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (isLeftOut(path)) return [];
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

/** Whether Electron's binary is installed, or could be fetched now. */
function haveElectron(): boolean {
  const install = join(root, 'node_modules', 'electron', 'install.js');
  return spawnSync(process.execPath, [install], { stdio: 'ignore', timeout: DOWNLOAD_MS }).status === 0;
}

/** What electron-builder wants to be shown: the folder of the program, on macOS the bundle in it. */
function packagedFolder(): string {
  const folder = join(root, 'out', `NDI Desktop-${process.platform}-${process.arch}`);
  return process.platform === 'darwin' ? join(folder, 'NDI Desktop.app') : folder;
}

function runTool(packageName: string, program: string, args: string[]): void {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { bin: Record<string, string> };
  const { status } = spawnSync(process.execPath, [join(folder, bin[program] ?? ''), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) {
    process.stderr.write(`FAILED  ${program} ${args.join(' ')}\n`);
    process.exit(status ?? 1);
  }
}

/** A module of an installed package by its file, also one that the package does not show to others. */
async function loadFile(...path: string[]): Promise<Record<string, unknown>> {
  return (await import(pathToFileURL(join(root, 'node_modules', ...path)).href)) as Record<string, unknown>;
}

function passed(what: string, found: readonly string[]): string[] {
  if (found.length === 0) say(`passed  ${what}`);
  return [];
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}

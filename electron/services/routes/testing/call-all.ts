// Calls every procedure of the contract with damaged arguments, in a process and a folder of its own, as a page would
// over a wall. Prints a line of JSON for each finding, and one with the counts at the end.
//
//   node call-all.ts FOLDER USER SEED FIRST LAST [PROCEDURE...], the user of a local cloud as JSON
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AnySchema } from '@orpc/contract';
import { contract } from '../../../../shared/contract/contract.ts';
import { isErrorCode } from '../../../../shared/model/errors.ts';
import { Dice } from '../../../signal/fuzz-damage.ts';
import { createDirectClient, createRouter } from '../../router.ts';
import { createRpcHandler } from '../../rpc-handler.ts';
import { createServices } from '../../services.ts';
import { damageArguments, makeArguments, type Wire } from './made-arguments.ts';
import { type CloudUser, Sandbox } from './sandbox.ts';

/** What goes on after so long is cancelled, and must then come back. */
const LIMIT_MS = 30_000;
/** So many calls that write, and everything is made anew. */
const FRESH_AFTER = 100;

/** Calls that may write beside the recordings, when their arguments are good. All others leave everything as it is. */
const writers = new Set(
  [
    'edits.add create remove edit undo redo',
    'imports.create add undoCreate describeMatrix',
    'datasets.create add convert remove',
    'maintenance.repair backUp restore delete undelete compact',
    'metadata.set writeOpenMinds addOpenMinds',
    'subjects.set importTreatments',
    'stimuli.decode importTable',
    'sync.addRule removeRule saveMappings',
    'preferences.set reset',
    'cloudCopies.link unlink',
    // These let transfers go on.
    'cloudSync.start finish resume retry keepToNetwork',
    'cloud.signIn useProfile',
    'objects.addEpoch',
    'images.add',
    'derivedElements.make',
    'calculators.run',
    'copies.copy',
    'demo.make',
    'ingest.ingest',
    'documents.export',
    'tables.export',
    'signals.buildOverview',
    'comparisons.writeExchange',
  ].flatMap((line) => {
    const [area = '', ...names] = line.split(/[. ]/);
    return names.map((name) => `${area}.${name}`);
  }),
);

interface Procedure {
  readonly name: string;
  readonly input: AnySchema | undefined;
}

type Kind = 'answered' | 'refused' | 'invalid';

const [root = '', user = '', seed = '1', first = '0', last = '300', ...only] = process.argv.slice(2);
for (const name of ['home', 'cwd', 'app', 'whole']) mkdirSync(join(root, name), { recursive: true });
// Relative paths, and what is kept for the user, stay in the folder too.
process.chdir(join(root, 'cwd'));
process.env['HOME'] = join(root, 'home');
const realFetch = globalThis.fetch;
/** Only this computer's servers are there. */
globalThis.fetch = (to, options) => {
  const { hostname } = new URL(to instanceof Request ? to.url : to);
  return hostname === '127.0.0.1' ? realFetch(to, options) : Promise.reject(new TypeError('fetch failed'));
};

let running: { run: number; name: string; wire: Wire } = { run: -1, name: '', wire: {} };
const told = new Set<string>();
function tell(what: string): void {
  const kind = `${running.name} ${what.replace(/\d+/g, '#').slice(0, 150)}`;
  if (told.has(kind)) return;
  told.add(kind);
  const given = JSON.stringify(running.wire) as string | undefined;
  process.stdout.write(`${JSON.stringify({ ...running, wire: given?.slice(0, 1500), what: what.slice(0, 3000) })}\n`);
}
const wordsOf = (thrown: unknown) => (thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown));
process.on('unhandledRejection', (reason) => tell(`Unhandled: ${wordsOf(reason)}`));
process.on('uncaughtException', (error) => tell(`Uncaught: ${wordsOf(error)}`));

const services = createServices({ door: 'web', dataFolder: join(root, 'app') });
const handler = createRpcHandler(createRouter(services));
const sandbox = new Sandbox(root, services, createDirectClient(services), JSON.parse(user) as CloudUser);
const pool = await sandbox.make();

const all = [...procedures(contract)].filter(({ name }) => only.length === 0 || only.includes(name));
const counts: Record<Kind, number> = { answered: 0, refused: 0, invalid: 0 };
let [before, writes] = [sandbox.state(), 0];
for (let run = Number(first); run < Number(last); run++) {
  const dice = new Dice(Number(seed), run);
  const procedure = all[run % all.length];
  if (procedure === undefined) break;
  const input = makeArguments(procedure.input, pool, dice);
  const wire = dice.below(3) === 0 ? { json: input } : damageArguments(input, dice);
  running = { run, name: procedure.name, wire };
  const kind = await call(procedure.name, wire);
  counts[kind] += 1;
  await settled();
  const after = sandbox.state();
  const changed = [...after, ...before].filter((line) => !after.has(line) || !before.has(line));
  before = after;
  if (changed.length === 0) continue;
  if (kind !== 'answered' || !writers.has(procedure.name))
    tell(`${kind}, and changed ${changed.slice(0, 6).join('; ')}`);
  writes += 1;
  if (writes % FRESH_AFTER > 0 && sandbox.isWhole()) continue;
  await sandbox.restore();
  before = sandbox.state();
}
if ('polluted' in {}) tell('What all objects have was changed.');
process.stdout.write(`${JSON.stringify({ counts, procedures: all.length })}\n`);
await services.close();
process.exit(0);

function* procedures(tree: object, name = ''): Generator<Procedure> {
  if ('~orpc' in tree) yield { name, input: (tree['~orpc'] as { inputSchema?: AnySchema }).inputSchema };
  else
    for (const [key, one] of Object.entries(tree))
      yield* procedures(one as object, name === '' ? key : `${name}.${key}`);
}

/** Calls, and tells of every answer that is neither a good one nor an error of ours. */
async function call(name: string, wire: Wire): Promise<Kind> {
  const [abort, late] = [new AbortController(), Promise.withResolvers<null>()];
  const timers = [setTimeout(() => abort.abort(), LIMIT_MS), setTimeout(() => late.resolve(null), 2 * LIMIT_MS)];
  const request = {
    ...{ method: 'POST', url: new URL(`http://127.0.0.1/${name.replaceAll('.', '/')}`), headers: {} },
    ...{ body: () => Promise.resolve(wire), signal: abort.signal },
  };
  try {
    const result = await Promise.race([handler.handle(request, { context: {} }), late.promise]);
    if (result?.response === undefined) {
      tell(result === null ? 'It does not come back.' : 'There is no such call.');
      return 'refused';
    }
    const { status, body } = result.response;
    if (status >= 400) return refusal(status, (body as { json?: unknown }).json);
    if (typeof body === 'object' && body !== null && 'return' in body) await (body as AsyncGenerator).return(undefined);
    return 'answered';
  } catch (error) {
    tell(`It threw ${wordsOf(error)}`);
    return 'refused';
  } finally {
    timers.forEach(clearTimeout);
  }
}

function refusal(status: number, given: unknown): Kind {
  const { code, data } = given as { code?: string; data?: { code?: string; message?: string; recovery?: string } };
  if (code === 'BAD_REQUEST') return 'invalid';
  const isTyped = code === 'NDI_ERROR' && isErrorCode(data?.code ?? '') && data?.code !== 'app.unexpected';
  const isSaid = (data?.message ?? '').length > 10 && (data?.recovery ?? '').length > 5;
  if (!isTyped || !isSaid) tell(`${status} ${code ?? ''} ${JSON.stringify(data)}`);
  return 'refused';
}

/** What was begun in the background is done, or given up after a while. */
async function settled(): Promise<void> {
  const isBusy = () => services.jobs.list().some(({ state }) => state === 'running');
  for (let waits = 0; isBusy(); waits++) {
    if (waits % 500 === 499) services.jobs.cancelAll();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

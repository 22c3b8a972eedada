// Passwords, tokens and signed addresses: nowhere but in the file that only the user can read.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { seedUser } from './seed.ts';
import { makeWorld } from './sync/world.ts';

const ndi = fileURLToPath(new URL('../../electron/cli/ndi.ts', import.meta.url));
const world = await makeWorld();
const { cloud } = world.cloud;
const dataFolder = join(world.folder, 'application');

interface Ran {
  readonly code: number | null;
  readonly said: string;
  /** Arguments and environment of the process and its children, as other users could see them while it ran. */
  readonly seen: string;
}

/** Runs a command; a password goes in by standard input alone. */
async function run(args: readonly string[], input = ''): Promise<Ran> {
  const env = { PATH: process.env['PATH'], NDI_DATA_FOLDER: dataFolder, NDI_CLOUD_URL: world.cloud.url };
  const child = spawn(process.execPath, [ndi, ...args], { env });
  let [said, seen] = ['', ''];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (said += part.toString('utf8')));
  const looking = setInterval(() => (seen += shownOf(child.pid ?? 0)), 20);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(looking);
  return { code, said, seen };
}

/** What the system shows of a process, where it does. */
function shownOf(pid: number): string {
  const parts = ['cmdline', 'environ'].map((name) => `/proc/${pid}/${name}`).filter((path) => existsSync(path));
  return parts
    .map((path) => {
      try {
        return readFileSync(path, 'utf8');
      } catch {
        return '';
      }
    })
    .join('\n');
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) yield join(entry.parentPath, entry.name);
  }
}

it('are in no output, no error, no journal, no document and no list of processes', async () => {
  const password = 'a very secret passphrase 4711';
  const user = seedUser(cloud, { email: 'secretive@example.org', password });
  const path = world.dataset('secret', 3, [100, 21_000_000]);
  const ran: Ran[] = [];
  const ndiRun = async (args: readonly string[], input = '') => {
    const one = await run(args, input);
    ran.push(one);
    return one;
  };
  const signIn = ['cloud', 'login', '--email', user.email, '--password-stdin', '--json'];
  expect((await ndiRun(signIn, `wrong ${password}\n`)).code).toBe(6);
  expect((await ndiRun(signIn, `${password}\n`)).code).toBe(0);
  // Everything that can go wrong on the way says so: refused tokens, broken storage, faults of the service.
  cloud.faults.add({ route: 'PUT /_s3/files/**', status: 403, body: '<Error><Code>AccessDenied</Code></Error>' });
  expect((await ndiRun(['cloud', 'upload', path, '--json'])).code).toBe(1);
  cloud.faults.clear();
  cloud.faults.add({ route: 'GET /datasets/*', status: 400, body: { message: 'not so' } });
  await ndiRun(['cloud', 'status', path]);
  cloud.faults.clear();
  cloud.faults.add({ route: 'GET /**', status: 401, body: { message: 'Unauthorized' } });
  expect((await ndiRun(['cloud', 'plan', path, '--json'])).code).toBe(6);
  cloud.faults.clear();
  expect((await ndiRun(['cloud', 'upload', path])).code).toBe(0);
  expect((await ndiRun(['cloud', 'whoami', '--json'])).code).toBe(0);
  const file = join(dataFolder, 'cloud-secrets.json');
  const secrets = [password, ...tokensIn(readFileSync(file, 'utf8'))];
  expect(secrets.length).toBeGreaterThan(1);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  // A signature lets whoever reads it have the file; a token's middle tells who its owner is.
  const forbidden = [...secrets, 'X-Amz-Signature=', 'Bearer '];
  const written = [...filesBelow(dataFolder), ...filesBelow(path)].filter((one) => one !== file);
  expect(written.length).toBeGreaterThan(5);
  for (const secret of forbidden) {
    expect(ran.filter(({ said }) => said.includes(secret)).map(({ said }) => said)).toEqual([]);
    expect(ran.some(({ seen }) => seen.includes(secret))).toBe(false);
    expect(written.filter((one) => readFileSync(one).includes(secret))).toEqual([]);
  }
  // The test itself would notice: the file that may hold them does.
  expect(readFileSync(file, 'utf8')).toContain(password);
  if (process.platform === 'linux') expect(ran.some(({ seen }) => seen.includes(user.email))).toBe(true);
  expect((await ndiRun(['cloud', 'logout', '--json'])).code).toBe(0);
  expect(readFileSync(file, 'utf8')).not.toContain(password);
});

/** Tokens in a text, and their payloads. */
function tokensIn(text: string): string[] {
  return [...text.matchAll(/eyJ[\w-]+\.(eyJ[\w-]+)\.[\w-]+/g)].flatMap(([token, payload = '']) => [token, payload]);
}

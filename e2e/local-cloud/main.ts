// npm run cloud: a local NDI Cloud to try the application against, without an account.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seedDemo } from './seed.ts';
import { startLocalCloud } from './start.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8787' },
    folder: { type: 'string', default: join(homedir(), '.ndi-local-cloud') },
    generation: { type: 'string', default: '1' },
    'lag-ms': { type: 'string', default: '0' },
    'token-life': { type: 'string', default: '3600' },
  },
});
const running = await startLocalCloud({
  folder: values.folder,
  port: Number(values.port),
  settings: {
    generation: values.generation === '2' ? 2 : 1,
    visibilityLagMs: Number(values['lag-ms']),
    tokenLifeSec: Number(values['token-life']),
  },
});
const { email, password } = seedDemo(running.cloud);
process.stdout.write(
  [
    `Local NDI Cloud: ${running.url}`,
    `Its data lies in ${values.folder}.`,
    `Sign in as ${email} with the password “${password}”:`,
    `  npm run --silent ndi -- cloud login --server ${running.url} --email ${email}`,
    'Ctrl-C ends it.\n',
  ].join('\n'),
);
process.once('SIGINT', () => void running.stop().then(() => process.exit(0)));
process.once('SIGTERM', () => void running.stop().then(() => process.exit(0)));

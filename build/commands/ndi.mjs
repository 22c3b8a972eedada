// npm run --silent ndi -- COMMAND…: the command line, built first where its sources have changed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, node24, root, toolEnvironment } from './install.mjs';

ensureInstalled();
// Only the web door shows the page.
ensureBuilt(process.argv[2] === 'serve' ? undefined : ['kernels', 'electron']);
// npm runs scripts in the checkout; paths are meant from where the user stands.
const cwd = process.env.INIT_CWD ?? process.cwd();
const child = spawn(node24, [join(root, 'dist', 'electron', 'cli.js'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd,
  env: toolEnvironment(),
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

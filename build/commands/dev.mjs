// npm run dev [-- PATH…]: the page with hot reload on the web door.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, node24, root, toolEnvironment } from './install.mjs';

ensureInstalled();
ensureBuilt(['kernels']);
const args = [join(root, 'electron', 'cli', 'ndi.ts'), 'serve', '--dev', '--open', ...process.argv.slice(2)];
const child = spawn(node24, args, { stdio: 'inherit', cwd: process.env.INIT_CWD ?? root, env: toolEnvironment() });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));

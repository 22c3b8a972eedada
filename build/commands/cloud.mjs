// npm run cloud [-- --port N --folder DIR …]: a local NDI Cloud to try the application against. Never packaged.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, node24, root, toolEnvironment } from './install.mjs';

ensureInstalled();
const main = join(root, 'e2e', 'local-cloud', 'main.ts');
const child = spawn(node24, [main, ...process.argv.slice(2)], { stdio: 'inherit', env: toolEnvironment() });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

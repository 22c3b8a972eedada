// First module of the main process on the stand-in: `electron` becomes the stand-in, then the built main module runs.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FromMain, ToMain } from './wire.ts';
import { toTest } from './main-wire.ts';

const standIn = new URL('module.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

// Electron's own arguments: the program, the application, and what follows.
const [, , root = '', ...args] = process.argv;
process.argv = ['electron', root, ...args];
Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: '0.0.0-stand-in' } });

const { app } = await import('./application.ts');
const { calls } = await import('./calls.ts');
const { pagePorts } = await import('./windows.ts');

process.on('message', (message: ToMain) => {
  if (message.kind === 'port') {
    pagePorts.hear(message);
    return;
  }
  const { id, name, given } = message;
  const answer = (result: Pick<Extract<FromMain, { kind: 'answer' }>, 'value' | 'error'>) =>
    toTest.post({ kind: 'answer', id, ...result });
  Promise.resolve()
    .then(() => (calls[name] as (given: unknown) => unknown)(given))
    .then(
      (value) => answer({ value }),
      (error: unknown) => answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
});
process.on('disconnect', () => process.exit(0));

await import(pathToFileURL(join(root, 'dist', 'electron', 'main.js')).href);
setImmediate(() => app.becomeReady());

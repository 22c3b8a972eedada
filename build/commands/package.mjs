// npm run package: checks what the installers are made of, and makes them where Electron's binary can be had.
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, runNode } from './install.mjs';

ensureInstalled();
ensureBuilt();
runNode(['build/packaging/package.ts']);

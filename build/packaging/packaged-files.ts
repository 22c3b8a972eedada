/**
 * What goes into the application's archive, as rules on paths below the checkout (`/dist/electron/main.js`), each of
 * which says what a file is for. Everything else stays out: the bundles need no node_modules.
 */
const rules: readonly RegExp[] = [
  /^\/package\.json$/,
  /^\/LICENSE$/,
  // The command line and the web door are no part of it: without RunAsNode they could not be run from there.
  /^\/dist\/electron\/(main\.js|(data|worker|index-worker|preload)\.cjs)$/,
  /^\/dist\/kernels\/[^/]+\.wasm$/,
  /^\/dist\/renderer\/(?!.*\.map$).+$/,
  /^\/assets\/.+$/,
  // The icon of the window on Linux.
  /^\/build\/packaging\/icon\.png$/,
];

/** Folders that hold something of the above. */
const folders: readonly RegExp[] = [
  /^\/?$/,
  /^\/dist(\/electron|\/kernels|\/renderer(\/[^.]+)?)?$/,
  /^\/assets(\/[^.]+)?$/,
  /^\/build(\/packaging)?$/,
];

/** Files without which the application cannot start. */
const required: readonly string[] = [
  '/package.json',
  '/LICENSE',
  '/dist/electron/main.js',
  '/dist/electron/data.cjs',
  '/dist/electron/worker.cjs',
  '/dist/electron/index-worker.cjs',
  '/dist/electron/preload.cjs',
  '/dist/kernels/kernels.wasm',
  '/dist/kernels/kernels-shared.wasm',
  '/dist/renderer/index.html',
  '/build/packaging/icon.png',
];

/** Whether the packager is to leave a path out; it asks for folders as well as for files. */
export function isLeftOut(path: string): boolean {
  const hidden = path.split('/').some((name) => name.startsWith('.'));
  return hidden || ![...rules, ...folders].some((rule) => rule.test(path));
}

/** What is wrong with a list of files for the archive; empty when nothing is. */
export function listProblems(files: readonly string[]): string[] {
  const missing = required.filter((path) => !files.includes(path)).map((path) => `${path} is missing: build first.`);
  const assets = files.some((path) => path.startsWith('/assets/document-types/')) ? [] : ['/assets is missing.'];
  const foreign = files
    .filter((path) => /\/node_modules\/|\.tsx?$|\.test\.|\.map$|(^|\/)\.|\.(pem|p12|key)$/.test(path))
    .map((path) => `${path} does not belong into the application.`);
  return [...missing, ...assets, ...foreign];
}

/**
 * Modules that a bundle still imports or requires and that will not be there when it runs: neither Node's own nor Electron.
 * @param builtins names of Node's own modules
 */
export function foreignImports(bundle: string, builtins: ReadonlySet<string>): string[] {
  const imports = [...bundle.matchAll(/^(?:import|export)\b[^'"\n;]*?(?:from\s*)?["']([^"'\n]+)["'];?$/gm)];
  const requires = [...bundle.matchAll(/^(?:var|const|let) [\w$]+ = (?:__toESM\()?require\("([^"\n]+)"\)/gm)];
  const names = new Set([...imports, ...requires].map(([, name = '']) => name));
  return [...names].filter((name) => !name.startsWith('node:') && !builtins.has(name) && name !== 'electron');
}

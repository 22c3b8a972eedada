/** The layers of the house (docs/architecture.md): imports go down only. Checked by dependency-cruiser. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^(shared|electron|renderer|e2e|bench|build)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('shared-alone', '^shared/', '^shared/', 'shared/ runs anywhere'),
    only('model-below-contract', '^shared/model/', '^shared/model/', 'the model knows no contract'),
    only('files-down', '^electron/files/', '^(electron/files|shared)/', 'files know shared only'),
    only(
      'formats-down',
      '^electron/formats/',
      '^(electron/(formats|files)|shared)/',
      'formats know shared and files only',
    ),
    only(
      'signal-down',
      '^electron/signal/',
      '^(electron/(signal|formats|files)|shared)/',
      'signal reads what formats describe',
    ),
    only(
      'workers-down',
      '^electron/workers/',
      '^(electron/(workers|signal|formats|files)|shared)/',
      'workers wrap signal and formats',
    ),
    only(
      'ndi-down',
      '^electron/ndi/',
      '^(electron/(ndi|workers|signal|formats|files)|shared)/',
      'NDI stands on formats and signal',
    ),
    only(
      'services-down',
      '^electron/services/',
      '^(electron/(services|ndi|workers|signal|formats|files)|shared)/',
      'services know no door',
    ),
    only(
      'desktop-down',
      '^electron/desktop/',
      '^(electron/(desktop|services|workers|files)|shared)/',
      'a door stands on services',
    ),
    only('web-down', '^electron/web/', '^(electron/(web|services|workers|files)|shared)/', 'a door stands on services'),
    only(
      'cli-down',
      '^electron/cli/',
      '^(electron/(cli|web|services|workers|files)|shared)/',
      'the command line can start the web door',
    ),
    only('renderer-shared', '^renderer/', '^(renderer|shared)/', 'the page reaches services by the contract only'),
    only(
      'renderer-components',
      '^renderer/components/',
      '^(renderer/(components|state|texts|style)|shared)/',
      'components know no feature',
    ),
    only('renderer-state', '^renderer/state/', '^(renderer/(state|texts)|shared)/', 'state knows no view'),
    only('renderer-texts', '^renderer/texts/', '^(renderer/texts|shared)/', 'texts know nothing'),
    only(
      'renderer-features',
      '^renderer/features/',
      '^(renderer/(features|components|state|texts|style)|shared)/',
      'features know no app',
    ),
    {
      name: 'features-apart',
      comment: 'a feature never imports another feature',
      severity: 'error',
      from: { path: '^renderer/features/([^/]+)/' },
      to: { path: '^renderer/features/([^/]+)/', pathNot: '^renderer/features/$1/' },
    },
    {
      name: 'electron-in-desktop-only',
      severity: 'error',
      from: { pathNot: '^(electron/desktop/|e2e/|build/|forge\\.config)' },
      to: { path: '^(node_modules/)?electron(/|$)', pathNot: '^electron/', dependencyTypes: ['npm', 'npm-dev'] },
    },
    {
      name: 'no-node-in-page-or-shared',
      severity: 'error',
      from: { path: '^(renderer|shared)/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'electron/tsconfig.json' },
    exclude: { path: '^(dist|out|node_modules)/' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'] },
  },
};

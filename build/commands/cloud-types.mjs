// Makes the types and the table of operations of NDI Cloud from a description of its interface (OpenAPI 3.1):
//   node build/commands/cloud-types.mjs path/to/cloud-openapi.yaml
// The generator wants another TypeScript than ours, so it is installed into a temporary folder for the moment.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { answerShapes } from './answer-shapes.mjs';

const TOOLS = ['openapi-typescript@7.13.0', 'typescript@5.9.3', 'yaml@2.9.0'];
const METHODS = ['get', 'put', 'post', 'delete'];

const root = fileURLToPath(new URL('../..', import.meta.url));
const description = process.argv[2];
if (description === undefined) throw new Error('Name the description: node build/commands/cloud-types.mjs FILE.yaml');
const path = resolve(description);

const tools = mkdtempSync(join(tmpdir(), 'cloud-types-'));
try {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, [
    'install',
    '--silent',
    '--no-audit',
    '--no-fund',
    '--ignore-scripts',
    '--prefix',
    tools,
    ...TOOLS,
  ]);
  const require = createRequire(join(tools, 'index.js'));
  const { default: openapiTS, astToString } = require('openapi-typescript');
  const api = withoutProse(require('yaml').parse(readFileSync(path, 'utf8')));

  const header = '// Made by build/commands/cloud-types.mjs from the description of NDI Cloud. Not edited by hand.\n\n';
  const types = astToString(
    await openapiTS(api, { alphabetize: false, defaultNonNullable: false, emptyObjectsUnknown: true }),
  );
  await write('electron/ndi/cloud/api/types.generated.ts', header + types);
  await write('electron/ndi/cloud/api/operations.generated.ts', header + operationTable(api));
  const described = contract(api);
  await write('e2e/local-cloud/description.generated.json', JSON.stringify(described));
  await write('electron/ndi/cloud/api/answer-shapes.generated.ts', header + answerShapes(described));
} finally {
  rmSync(tools, { recursive: true, force: true });
}

/** The names, shapes and limits are facts that we need; the sentences about them are not ours to copy. */
function withoutProse(value) {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([key, inner]) => !isProse(key, inner));
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutProse(inner)]));
}

function isProse(key, inner) {
  return (['description', 'summary'].includes(key) && typeof inner === 'string') || key === 'examples';
}

function operations(api) {
  return Object.entries(api.paths).flatMap(([route, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => ({ route, method, ...item[method] })),
  );
}

function operationTable(api) {
  const rows = operations(api)
    .filter((operation) => !operation.tags.includes('storage'))
    .map((operation) => {
      const { operationId, method, route } = operation;
      const row = { method: method.toUpperCase(), path: route, token: tokenNeed(operation.security) };
      return `${operationId}: ${JSON.stringify(row)},`;
    });
  return `/** How each operation is asked for. \`token\`: whether it goes along. */
export const operationTable = {
${rows.join('\n')}
} as const;
`;
}

function tokenNeed(security) {
  if (security === undefined) return 'needed';
  return security.length === 0 ? 'never' : 'welcome';
}

/** What the conformance tests hold the local cloud against: every answer's shape, with schemas as `$defs`. */
function contract(api) {
  const answers = operations(api).map(({ operationId, method, route, security, responses }) => ({
    operationId,
    method: method.toUpperCase(),
    path: route,
    token: tokenNeed(security),
    answers: Object.fromEntries(
      Object.entries(responses).map(([status, response]) => {
        const named = response.$ref === undefined ? response : api.components.responses[response.$ref.split('/').pop()];
        return [status, relocated(named.content?.['application/json']?.schema ?? null)];
      }),
    ),
  }));
  return { operations: answers, $defs: relocated(api.components.schemas) };
}

function relocated(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/'));
}

async function write(file, text) {
  const target = join(root, file);
  const options = await prettier.resolveConfig(target);
  writeFileSync(target, await prettier.format(text, { ...options, filepath: target }));
}

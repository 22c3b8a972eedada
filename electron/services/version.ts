import { readFileSync } from 'node:fs';

/** The version of package.json, which lies two folders up both from the sources and from the bundles. */
export function applicationVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

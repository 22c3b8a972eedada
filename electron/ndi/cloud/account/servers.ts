import { NdiError } from '../../../../shared/model/errors.ts';
import { ownValue } from '../../../../shared/model/own-value.ts';

/** The two services that NDI runs; accounts and data of the two are separate. */
export const cloudServers = {
  production: 'https://api.ndi-cloud.com/v1',
  development: 'https://dev-api.ndi-cloud.com/v1',
} as const;

/** Names that NDI's environment variable uses. */
const stages: Record<string, string> = { prod: cloudServers.production, dev: cloudServers.development };

/**
 * Base address of the service that the environment asks for: `NDI_CLOUD_URL`, else `CLOUD_API_ENVIRONMENT`; null
 * where it asks for none.
 * @throws NdiError cloud.configuration
 */
export function serverOfEnvironment(environment: NodeJS.ProcessEnv): string | null {
  const url = environment['NDI_CLOUD_URL'];
  if (url) return serverAddress(url);
  const stage = environment['CLOUD_API_ENVIRONMENT'];
  if (!stage) return null;
  const known = ownValue(stages, stage);
  if (known !== undefined) return known;
  throw new NdiError({
    code: 'cloud.configuration',
    message: `The environment variable CLOUD_API_ENVIRONMENT is “${stage}”; NDI Cloud knows prod and dev.`,
    recovery: 'Set it to prod or dev, or name another server with NDI_CLOUD_URL.',
    details: { value: stage },
  });
}

/**
 * A server as people name it (`production`, `dev`, an address), as the base address of its API.
 * @throws NdiError cloud.configuration
 */
export function serverAddress(given: string): string {
  const named = ownValue<string>(cloudServers, given) ?? ownValue(stages, given);
  if (named !== undefined) return named;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw notAServer(given, 'Write an address such as https://cloud.example.org/v1.');
  }
  // Passwords and tokens go there: only the own machine may be spoken to in the open.
  if (url.protocol === 'http:' && !isOwnMachine(url.hostname)) throw notAServer(given, 'Use https for other machines.');
  if (url.username !== '' || url.password !== '') throw notAServer(given, 'Leave the name and password out of it.');
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** The name of a server, for people. */
export function serverName(base: string): string {
  if (base === cloudServers.production) return 'NDI Cloud';
  if (base === cloudServers.development) return 'NDI Cloud (development)';
  return new URL(base).host;
}

function isOwnMachine(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

function notAServer(given: string, recovery: string): NdiError {
  return new NdiError({
    code: 'cloud.configuration',
    message: `“${given}” cannot be used as the address of a server.`,
    recovery,
  });
}

import { bareToken, inspectToken } from '../../ndi/cloud/account/token.ts';
import { cloudServers, serverOfEnvironment } from '../../ndi/cloud/account/servers.ts';
import type { Secret } from './secrets.ts';

/** An account that NDI's environment variables name. They are read, never written: children would see them. */
export interface EnvironmentAccount {
  readonly email: string;
  readonly server: string;
  readonly organizationId: string | null;
  readonly secret: Secret;
}

/**
 * `NDI_CLOUD_TOKEN` with `NDI_CLOUD_ORGANIZATION_ID` while the token is alive, else `NDI_CLOUD_USERNAME` with
 * `NDI_CLOUD_PASSWORD`; null where neither is there.
 * @throws NdiError cloud.configuration
 */
export function environmentAccount(environment: NodeJS.ProcessEnv, nowMs: number): EnvironmentAccount | null {
  const server = serverOfEnvironment(environment) ?? cloudServers.production;
  const organizationId = environment['NDI_CLOUD_ORGANIZATION_ID'] || null;
  const username = environment['NDI_CLOUD_USERNAME'] || null;
  const password = environment['NDI_CLOUD_PASSWORD'] || null;
  const token = bareToken(environment['NDI_CLOUD_TOKEN'] ?? '');
  const { state, claims } = inspectToken(token, nowMs);
  const email = claims?.email;
  if (organizationId !== null && email !== undefined && (state === 'valid' || state === 'noExpiry')) {
    // Its password renews it only if it is that of the same user.
    const own = username === email ? password : null;
    return { email, server, organizationId, secret: { token, password: own } };
  }
  if (username === null || password === null) return null;
  return { email: username, server, organizationId, secret: { token: '', password } };
}

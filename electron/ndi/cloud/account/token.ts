import { jwtDecode, type JwtPayload } from 'jwt-decode';

/** What clients read of a token; nobody here can or need verify its signature. */
export interface Claims extends JwtPayload {
  readonly email?: string;
}

export type TokenState = 'absent' | 'malformed' | 'noExpiry' | 'valid' | 'expiring' | 'expired';

export interface TokenReport {
  readonly state: TokenState;
  readonly claims?: Claims;
  /** Milliseconds since 1970. */
  readonly expiresAtMs?: number;
  /** Why it is malformed, in words that show nothing of the token. */
  readonly reason?: string;
}

/** A token is renewed so long before its end. */
export const RENEWAL_SEC = 60;
/** Seconds since 1970 above this are milliseconds by mistake. */
const LATEST_EXP = 1e11;

/**
 * Looks at a token; never throws. `expired` and `malformed` ones never go on the wire, `noExpiry` does.
 * @param nowMs time of the server's clock
 * @param skewSec it counts as `expiring` so long before its end
 */
export function inspectToken(given: string, nowMs: number, skewSec = RENEWAL_SEC): TokenReport {
  const token = bareToken(given);
  if (token === '') return { state: 'absent' };
  const reason = formFault(token);
  if (reason !== null) return { state: 'malformed', reason };
  let payload: unknown;
  try {
    payload = jwtDecode(token);
  } catch {
    return { state: 'malformed', reason: 'its payload is not JSON' };
  }
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) {
    return { state: 'malformed', reason: 'its payload is not an object' };
  }
  const claims: Claims = payload;
  const exp: unknown = claims.exp;
  if (exp === undefined || exp === null) return { state: 'noExpiry', claims };
  if (typeof exp !== 'number' || !Number.isFinite(exp)) {
    return { state: 'malformed', reason: 'its time of expiry (exp) is not a number' };
  }
  if (exp <= 0 || exp > LATEST_EXP) {
    return { state: 'malformed', reason: 'its time of expiry (exp) is out of range; seconds are expected' };
  }
  const leftSec = exp - nowMs / 1000;
  const state = leftSec <= 0 ? 'expired' : leftSec <= skewSec ? 'expiring' : 'valid';
  return { state, claims, expiresAtMs: exp * 1000 };
}

/** A token as people paste it: with blanks around, or with the word that goes before it on the wire. */
export function bareToken(given: string): string {
  return given.trim().replace(/^Bearer\s+/i, '');
}

function formFault(token: string): string | null {
  const parts = token.split('.');
  if (parts.length !== 3) return `it has ${parts.length} parts instead of 3`;
  const payload = parts[1] ?? '';
  if (parts.some((part) => part === '')) return 'a part of it is empty';
  if (parts.some((part) => !/^[A-Za-z0-9_\-+/]+={0,2}$/.test(part))) return 'it holds characters that no token has';
  const bare = payload.replace(/=+$/, '');
  if (bare.length % 4 === 1) return 'its payload is cut off';
  try {
    // The decoder would take what is no UTF-8 for Latin-1.
    new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bare, 'base64'));
  } catch {
    return 'its payload is not UTF-8';
  }
  return null;
}

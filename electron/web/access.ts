import { randomBytes } from 'node:crypto';
import { equalSecrets } from './verdicts.ts';

/** Addresses printed and never used, and browsers let in, that are remembered; the oldest go first. */
const KEPT = 64;

/** What came of showing a token: a session's secret, or why not. */
export type Redeemed =
  | { readonly outcome: 'granted'; readonly session: string }
  | { readonly outcome: 'used' }
  | { readonly outcome: 'unknown' };

/** Who may come in: one-time tokens for printed addresses, and the sessions that they were exchanged for. */
export class Access {
  readonly #tokens: string[] = [];
  readonly #used: string[] = [];
  readonly #sessions: string[] = [];

  /** A fresh token; it opens the door once. */
  mint(): string {
    return remember(this.#tokens, newSecret());
  }

  /** Exchanges a token for a session; a second showing of the same token gives nothing. */
  redeem(token: string): Redeemed {
    const at = this.#tokens.findIndex((known) => equalSecrets(known, token));
    if (at < 0) return { outcome: includesSecret(this.#used, token) ? 'used' : 'unknown' };
    this.#tokens.splice(at, 1);
    remember(this.#used, token);
    return { outcome: 'granted', session: remember(this.#sessions, newSecret()) };
  }

  admits(session: string | null): boolean {
    return session !== null && includesSecret(this.#sessions, session);
  }
}

/** 256 random bits in characters that need no escape in an address or a header. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function remember(list: string[], secret: string): string {
  list.push(secret);
  if (list.length > KEPT) list.shift();
  return secret;
}

function includesSecret(list: readonly string[], secret: string): boolean {
  return list.some((known) => equalSecrets(known, secret));
}

import { createHash, timingSafeEqual } from 'node:crypto';

/** Names by which a browser on this machine reaches the loopback interface. */
const LOOPBACK_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether a Host header names this door: a loopback name with its port. A page of another site that has its name
 * pointed at 127.0.0.1 (DNS rebinding) still sends its own name here.
 */
export function isOwnHost(host: string | undefined, port: number): boolean {
  if (host === undefined) return false;
  const written = host.toLowerCase();
  return LOOPBACK_NAMES.some((name) => written === `${name}:${port}` || (port === 80 && written === name));
}

/** Who sent a request: our own page, another site's page, or no page at all (a program sends no Origin). */
export type OriginVerdict = 'own' | 'foreign' | 'absent';

/** @param host the Host header, once {@link isOwnHost} has accepted it */
export function judgeOrigin(origin: string | undefined, host: string): OriginVerdict {
  if (origin === undefined) return 'absent';
  return origin.toLowerCase() === `http://${host.toLowerCase()}` ? 'own' : 'foreign';
}

/** Value of a cookie in a Cookie header; null when it is not there. The first of two with one name counts. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

/** The Set-Cookie header of a session: out of reach of scripts, and never sent along from another site. */
export function sessionCookie(name: string, secret: string): string {
  return `${name}=${secret}; Path=/; HttpOnly; SameSite=Strict`;
}

/** Compares two secrets in a time that tells nothing about them, whatever their lengths. */
export function equalSecrets(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

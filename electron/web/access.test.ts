import { describe, expect, it } from 'vitest';
import { Access } from './access.ts';

describe('Access', () => {
  it('exchanges a token once', () => {
    const access = new Access();
    const token = access.mint();
    const redeemed = access.redeem(token);
    expect(redeemed.outcome).toBe('granted');
    expect(access.redeem(token)).toEqual({ outcome: 'used' });
    expect(access.admits(redeemed.outcome === 'granted' ? redeemed.session : null)).toBe(true);
  });

  it('admits nobody else: no session, a token, the empty text', () => {
    const access = new Access();
    const token = access.mint();
    access.redeem(access.mint());
    for (const session of [null, '', token, 'undefined']) expect(access.admits(session)).toBe(false);
  });

  it('gives each browser its own session, and keeps those that are in when others come', () => {
    const access = new Access();
    const sessions = Array.from({ length: 10 }, () => access.redeem(access.mint()));
    const secrets = sessions.flatMap((redeemed) => (redeemed.outcome === 'granted' ? [redeemed.session] : []));
    expect(new Set(secrets).size).toBe(10);
    expect(secrets.every((secret) => access.admits(secret))).toBe(true);
  });

  it('does not know a token that it never gave', () => {
    expect(new Access().redeem('x')).toEqual({ outcome: 'unknown' });
    expect(new Access().redeem('')).toEqual({ outcome: 'unknown' });
  });

  it('forgets the oldest of very many', () => {
    const access = new Access();
    const first = access.mint();
    for (let count = 0; count < 200; count += 1) access.mint();
    expect(access.redeem(first)).toEqual({ outcome: 'unknown' });
  });
});

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { refuse } from './answers.ts';

/** Addresses that carry the right to one object, one method and a while, like those of Amazon's storage. */
export class SignedUrls {
  readonly #secret = randomBytes(32);

  /** @param key bucket and key: `files/DATASET/UID` */
  make(origin: string, method: 'GET' | 'PUT', key: string, lifeSec: number, nowMs: number): string {
    const date = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
    const query = { 'X-Amz-Date': date, 'X-Amz-Expires': String(lifeSec), 'X-Amz-SignedHeaders': 'host' };
    const signature = this.#signature(method, key, date, String(lifeSec));
    const path = key.split('/').map(encodeURIComponent).join('/');
    return `${origin}/_s3/${path}?${new URLSearchParams({ ...query, 'X-Amz-Signature': signature }).toString()}`;
  }

  /** @throws Refused 403 */
  check(method: string, key: string, query: URLSearchParams, nowMs: number): void {
    const date = query.get('X-Amz-Date') ?? '';
    const life = query.get('X-Amz-Expires') ?? '';
    const given = Buffer.from(query.get('X-Amz-Signature') ?? '');
    const expected = Buffer.from(this.#signature(method, key, date, life));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw refuse.storage(403, 'SignatureDoesNotMatch', 'The request signature does not match the one provided.');
    }
    const signedAt = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
    if (nowMs > signedAt + Number(life) * 1000) throw refuse.storage(403, 'AccessDenied', 'Request has expired');
  }

  #signature(method: string, key: string, date: string, life: string): string {
    return createHmac('sha256', this.#secret).update([method, key, date, life].join('\n')).digest('hex');
  }
}

import { generateKeyPairSync, sign, verify } from 'node:crypto';

/** Claims that NDI's clients read, and those that Cognito adds. */
export interface Claims {
  readonly sub: string;
  readonly email: string;
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
}

const SIGNATURE = { dsaEncoding: 'ieee-p1363' } as const;

/** Signed tokens (JWT, ES256): forged, foreign and expired ones are told apart from good ones. */
export class Tokens {
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  readonly #revoked = new Set<string>();

  issue(claims: Claims): string {
    const head = encode({ alg: 'ES256', typ: 'JWT' });
    const payload = encode({ ...claims, token_use: 'id', email_verified: true, auth_time: claims.iat });
    const signature = sign('sha256', Buffer.from(`${head}.${payload}`), { key: this.#keys.privateKey, ...SIGNATURE });
    return `${head}.${payload}.${signature.toString('base64url')}`;
  }

  /** The claims of a token that is ours and alive at this time; null otherwise. */
  check(token: string, nowMs: number): Claims | null {
    const [head, payload, signature, ...more] = token.split('.');
    if (head === undefined || payload === undefined || signature === undefined || more.length > 0) return null;
    const key = { key: this.#keys.publicKey, ...SIGNATURE };
    const isOurs = verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'));
    if (!isOurs) return null;
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims;
    return claims.exp * 1000 <= nowMs || this.#revoked.has(claims.jti) ? null : claims;
  }

  revoke(claims: Claims): void {
    this.#revoked.add(claims.jti);
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

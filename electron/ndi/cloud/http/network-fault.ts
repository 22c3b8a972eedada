import { NdiError } from '../../../../shared/model/errors.ts';

/** What became of an exchange that brought no whole answer. */
export type NetworkFaultKind =
  'dns' | 'refused' | 'noRoute' | 'connectTimeout' | 'tls' | 'reset' | 'stalled' | 'totalTimeout' | 'unknown';

const kinds: Record<string, NetworkFaultKind> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  ECONNREFUSED: 'refused',
  ENETUNREACH: 'noRoute',
  EHOSTUNREACH: 'noRoute',
  ENETDOWN: 'noRoute',
  EADDRNOTAVAIL: 'noRoute',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'connectTimeout',
  EPROTO: 'tls',
};

/** These say that nothing reached the server: whatever was asked has certainly not been done. */
const unsent = new Set<NetworkFaultKind>(['dns', 'refused', 'noRoute', 'connectTimeout', 'tls']);

/** A fault below HTTP. `unsent`: the request has certainly not reached the server. */
export class NetworkFault extends Error {
  override readonly name = 'NetworkFault';
  readonly kind: NetworkFaultKind;

  constructor(kind: NetworkFaultKind, cause?: unknown) {
    super(cause instanceof Error ? cause.message : kind, { cause });
    this.kind = kind;
  }

  get unsent(): boolean {
    return unsent.has(this.kind);
  }

  /** The host cannot be reached at all, as opposed to a connection that broke. */
  get isOffline(): boolean {
    return this.unsent && this.kind !== 'tls';
  }

  /** A certificate that is not trusted does not become so by asking again. */
  get worthRepeating(): boolean {
    return this.kind !== 'tls';
  }

  toNdiError(host: string): NdiError {
    const { code, message, recovery } = words[this.kind];
    const details = { host, kind: this.kind, ...(this.message === this.kind ? {} : { reason: this.message }) };
    return new NdiError({ code, message: message.replace('HOST', host), recovery, details, cause: this });
  }
}

export function networkFaultOf(thrown: unknown): NetworkFault {
  if (thrown instanceof NetworkFault) return thrown;
  return new NetworkFault(kindOf(thrown), thrown);
}

function kindOf(thrown: unknown): NetworkFaultKind {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return kindOf(thrown.errors[0]);
  const code = (thrown as NodeJS.ErrnoException | null)?.code ?? '';
  if (code in kinds) return kinds[code] ?? 'unknown';
  if (/^(ERR_TLS|ERR_SSL|CERT_)|CERT|SIGNED|UNABLE_TO/.test(code)) return 'tls';
  // A server that speaks something else, or an answer cut in its headers.
  if (code.startsWith('HPE_')) return 'reset';
  return 'unknown';
}

const offline = 'Check the connection to the network; your work here goes on, and what is queued continues later.';
const again = 'Try again; what has been sent or received is kept.';

const words: Record<NetworkFaultKind, Pick<NdiError, 'code' | 'message' | 'recovery'>> = {
  dns: { code: 'cloud.offline', message: 'The name HOST could not be found on the network.', recovery: offline },
  refused: { code: 'cloud.offline', message: 'HOST refuses connections: no server answers there.', recovery: offline },
  noRoute: { code: 'cloud.offline', message: 'HOST cannot be reached from this network.', recovery: offline },
  connectTimeout: { code: 'cloud.offline', message: 'HOST did not answer the connection in time.', recovery: offline },
  tls: {
    code: 'cloud.tls',
    message: 'The connection to HOST is not secure: its certificate was not accepted.',
    recovery: 'Check the date of this computer, and ask your network’s administrator whether a proxy is in between.',
  },
  reset: { code: 'cloud.interrupted', message: 'The connection to HOST broke.', recovery: again },
  stalled: { code: 'cloud.interrupted', message: 'The transfer with HOST stood still and was ended.', recovery: again },
  totalTimeout: { code: 'cloud.timeout', message: 'HOST did not answer in time.', recovery: 'Try again in a minute.' },
  unknown: { code: 'cloud.interrupted', message: 'The exchange with HOST failed.', recovery: again },
};

/** What goes wrong, where, and how often. Without `status` the work is done as usual. */
export interface Fault {
  /** `GET /datasets/*`: method (or `*`) and path below the base; `*` is one segment, `**` any number. Storage: `PUT /_s3/**`. */
  readonly route: string;
  /** Only the first so many matching requests, after `skip`. */
  readonly first?: number;
  readonly skip?: number;
  /** Only every n-th. */
  readonly every?: number;
  /** Answers this instead of doing the work; with `work: true` after it. 2xx: a lie about success. */
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly work?: boolean;
  /** Before the work. */
  readonly delayMs?: number;
  /** Closes the connection: before the work or after it, without an answer. */
  readonly drop?: 'before' | 'after';
  /** Closes the connection after so many bytes of the request's, or the answer's, body. */
  readonly cutRequestAtBytes?: number;
  readonly cutAnswerAtBytes?: number;
  /** Reads, or sends, no byte more after so many. */
  readonly stallRequestAtBytes?: number;
  readonly stallAnswerAtBytes?: number;
  /** Storage: a wrong ETag; one as of an object that came in parts; a byte changed in what is kept; no event after the upload; gzip though identity was asked. */
  readonly wrongEtag?: boolean;
  readonly partsEtag?: boolean;
  readonly corrupt?: boolean;
  /** Storage: as `corrupt`, but this byte. */
  readonly corruptAtByte?: number;
  readonly loseEvent?: boolean;
  readonly gzip?: boolean;
  /** Storage: answers a range with everything. */
  readonly ignoreRange?: boolean;
}

/** The faults that were switched on. */
export class Faults {
  readonly #set = new Map<number, { readonly fault: Fault; readonly pattern: RegExp; seen: number }>();
  #lastId = 0;

  add(fault: Fault): number {
    this.#lastId += 1;
    this.#set.set(this.#lastId, { fault, pattern: patternOf(fault.route), seen: 0 });
    return this.#lastId;
  }

  remove(id: number): void {
    this.#set.delete(id);
  }

  clear(): void {
    this.#set.clear();
  }

  /** The first fault that this request meets. */
  of(method: string, path: string): Fault | null {
    for (const entry of this.#set.values()) {
      if (!entry.pattern.test(`${method} ${path}`)) continue;
      const { first = Infinity, skip = 0, every = 1 } = entry.fault;
      const number = entry.seen - skip;
      entry.seen += 1;
      if (number >= 0 && number < first && number % every === 0) return entry.fault;
    }
    return null;
  }
}

function patternOf(route: string): RegExp {
  const [method = '*', path = '/**'] = route.split(' ');
  const escaped = path
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*|\*/g, (stars) => (stars === '**' ? '.*' : '[^/]+'));
  return new RegExp(`^${method === '*' ? '[A-Z]+' : method} ${escaped}$`);
}

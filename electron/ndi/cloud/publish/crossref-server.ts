import { NdiError } from '../../../../shared/model/errors.ts';
import { type CloudHttp, readLimited, repeatAlways, repeatUnsent } from '../http/cloud-http.ts';
import { callLimits } from '../http/limits.ts';
import type { Refusal } from '../http/refusal.ts';
import { serverAddress } from '../account/servers.ts';

export type CrossrefSystem = 'test' | 'production';

/** Who may deposit. They never stand in an error or a log. */
export interface CrossrefLogin {
  readonly user: string;
  readonly password: string;
}

/** What became of a deposit. Crossref works through them in turn: minutes pass. */
export interface DepositResult {
  readonly state: 'queued' | 'success' | 'failure';
  /** What Crossref says, empty where it says nothing. */
  readonly message: string;
}

const RESULT_BYTES = 1024 * 1024;

/**
 * Crossref's service of deposits, and the resolver of DOIs (cloud reference, section 16). `NDI_CROSSREF_URL` names
 * another place for both, as tests have it.
 */
export class CrossrefServer {
  readonly #http: CloudHttp;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(http: CloudHttp, environment: NodeJS.ProcessEnv = process.env) {
    this.#http = http;
    this.#environment = environment;
  }

  /** From `CROSSREF_USERNAME` and `CROSSREF_PASSWORD`, as NDI-matlab reads them; null where one is missing. */
  login(): CrossrefLogin | null {
    const user = this.#environment['CROSSREF_USERNAME'];
    const password = this.#environment['CROSSREF_PASSWORD'];
    return user && password ? { user, password } : null;
  }

  /**
   * Hands a deposit in. That it was taken says nothing of its fate.
   * @throws NdiError cloud.forbidden where Crossref does not know the login, cloud.*
   */
  async deposit(
    system: CrossrefSystem,
    given: { readonly xml: string; readonly fileName: string },
    login: CrossrefLogin,
    signal?: AbortSignal,
  ): Promise<void> {
    const form = new FormData();
    form.set('operation', 'doMDUpload');
    form.set('login_id', login.user);
    form.set('login_passwd', login.password);
    form.set('fname', new Blob([given.xml], { type: 'application/xml' }), given.fileName);
    const encoded = new Response(form);
    const body = new Uint8Array(await encoded.arrayBuffer());
    const headers = {
      'Content-Type': encoded.headers.get('content-type') ?? '',
      'Content-Length': String(body.byteLength),
    };
    const url = new URL(`${this.#base(system)}/servlet/deposit`);
    const answer = await this.#http.run({
      attempt: () => ({ method: 'POST', url, headers, body, limits: callLimits, signal }),
      retry: repeatUnsent,
      signal,
      read: (received) => readLimited(received, RESULT_BYTES),
      refuse: refusedError,
    });
    // Its servlet answers 200 to what it does not take as well, and says so in the page.
    if (/<h2>\s*FAILURE/i.test(answer))
      throw refusedError({ status: 400, text: plain(answer), code: null, host: url.host, body: answer });
  }

  /** @throws NdiError cloud.forbidden, cloud.* */
  async result(
    system: CrossrefSystem,
    given: { readonly fileName: string; readonly doi: string },
    login: CrossrefLogin,
    signal?: AbortSignal,
  ): Promise<DepositResult> {
    const url = new URL(`${this.#base(system)}/servlet/submissionDownload`);
    url.search = String(
      new URLSearchParams({ usr: login.user, pwd: login.password, file_name: given.fileName, type: 'result' }),
    );
    const answer = await this.#http.run({
      attempt: () => ({ method: 'GET', url, headers: {}, limits: callLimits, signal }),
      retry: repeatAlways,
      signal,
      read: (received) => readLimited(received, RESULT_BYTES),
      refuse: refusedError,
    });
    return readResult(answer, given.doi);
  }

  /** Whether a DOI is registered already, by whomever. @throws NdiError cloud.* */
  async isTaken(doi: string, signal?: AbortSignal): Promise<boolean> {
    const base = this.#other() === null ? 'https://doi.org/api/handles' : `${this.#other()}/handles`;
    const url = new URL(`${base}/${doi.split('/').map(encodeURIComponent).join('/')}`);
    return await this.#http
      .run({
        attempt: () => ({ method: 'GET', url, headers: {}, limits: callLimits, signal }),
        retry: repeatAlways,
        signal,
        read: async (received) => {
          await readLimited(received, RESULT_BYTES);
          return true;
        },
        refuse: refusedError,
      })
      .catch((thrown: unknown) => {
        if (thrown instanceof NdiError && thrown.details['status'] === 404) return false;
        throw thrown;
      });
  }

  #base(system: CrossrefSystem): string {
    const other = this.#other();
    if (other !== null) return `${other}/${system}`;
    return system === 'test' ? 'https://test.crossref.org' : 'https://doi.crossref.org';
  }

  #other(): string | null {
    const given = this.#environment['NDI_CROSSREF_URL'];
    return given ? serverAddress(given) : null;
  }
}

/**
 * Reads a `doi_batch_diagnostic`: until it is completed the deposit waits; then each record says how it fared, ours under
 * its DOI.
 */
function readResult(xml: string, doi: string): DepositResult {
  const batch = /<doi_batch_diagnostic\b[^>]*\bstatus="([^"]*)"/.exec(xml)?.[1];
  if (batch !== 'completed') return { state: 'queued', message: batch ?? '' };
  const records = [...xml.matchAll(/<record_diagnostic\b([^>]*)>([\s\S]*?)<\/record_diagnostic>/g)];
  const own = records.find(([, , inner = '']) => textIn(inner, 'doi').toLowerCase() === doi.toLowerCase());
  const [, attributes = '', inner = ''] = own ?? records.find(([, given = '']) => !isGood(given)) ?? ['', '', ''];
  const message = textIn(inner, 'msg') || 'Crossref does not say why.';
  return own !== undefined && isGood(attributes) ? { state: 'success', message } : { state: 'failure', message };
}

/** A warning, such as about a title that is known, does not keep a DOI from being registered. */
function isGood(attributes: string): boolean {
  return /\bstatus="(Success|Warning)"/.test(attributes);
}

function textIn(xml: string, name: string): string {
  return plain(new RegExp(`<${name}\\b[^>]*>([\\s\\S]*?)</${name}>`).exec(xml)?.[1] ?? '');
}

function plain(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

function refusedError({ status, text, host }: Refusal): NdiError {
  if (status === 401 || status === 403) {
    return new NdiError({
      code: 'cloud.forbidden',
      message: `${host} does not accept the login that CROSSREF_USERNAME and CROSSREF_PASSWORD name.`,
      recovery: 'Correct the two environment variables and start the application again.',
      details: { host, status },
    });
  }
  return new NdiError({
    code: status >= 500 ? 'cloud.server' : 'cloud.refused',
    message: `${host} did not accept what was asked: ${text.slice(0, 500)}`,
    recovery: 'Correct what it names, or try again later.',
    details: { host, status },
  });
}

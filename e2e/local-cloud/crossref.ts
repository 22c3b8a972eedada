import type { IncomingMessage, ServerResponse } from 'node:http';
import { crossrefFaults } from '../../electron/ndi/cloud/publish/crossref-order.ts';
import { bodyOf } from './wire.ts';

/** The login of this Crossref. */
export const crossrefLogin = { user: 'ndic', password: 'deposit it' };

const BASE = '/_crossref/';
const BODY_BYTES = 1024 * 1024;

interface Deposit {
  readonly xml: string;
  readonly at: number;
}

/** What Crossref keeps: deposits by file name for each of its two systems, and the DOIs that live. */
export class Crossref {
  readonly #deposits = new Map<string, Deposit>();
  /** DOI, and the timestamp of its last deposit. */
  readonly registered = new Map<string, string>();
  /** Time until a deposit is worked through. */
  delayMs = 0;

  /**
   * `POST …/{test,production}/servlet/deposit`, `GET …/servlet/submissionDownload`, `GET …/handles/DOI`, as far as
   * clients know them (cloud reference, section 16).
   */
  async serve(cloud: { now(): number }, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const [place = '', ...rest] = url.pathname.slice(BASE.length).split('/');
    if (place === 'handles') {
      const taken = this.registered.has(decodeURIComponent(rest.join('/')).toLowerCase());
      send(response, taken ? 200 : 404, JSON.stringify({ responseCode: taken ? 1 : 100 }), 'application/json');
      return;
    }
    switch (`${request.method ?? ''} ${rest.join('/')}`) {
      case 'POST servlet/deposit': {
        const headers = { 'content-type': request.headers['content-type'] ?? '' };
        const body = await bodyOf(request, null, BODY_BYTES);
        this.#take(place, await new Response(new Uint8Array(body), { headers }).formData(), cloud.now(), response);
        return;
      }
      case 'GET servlet/submissionDownload':
        this.#tell(place, url.searchParams, cloud.now(), response);
        return;
      default:
        send(response, 404, 'Not found', 'text/plain');
    }
  }

  #take(system: string, form: FormData, at: number, response: ServerResponse): void {
    if (form.get('login_id') !== crossrefLogin.user || form.get('login_passwd') !== crossrefLogin.password) {
      send(response, 401, '<h2>FAILURE</h2><p>Incorrect login</p>');
      return;
    }
    const file = form.get('fname');
    if (form.get('operation') !== 'doMDUpload' || !(file instanceof File)) {
      send(response, 200, '<h2>FAILURE</h2><p>Your batch submission was not received.</p>');
      return;
    }
    void file.text().then((xml) => {
      this.#deposits.set(`${system} ${file.name}`, { xml, at });
      send(response, 200, '<h2>SUCCESS</h2><p>Your batch submission was successfully received.</p>');
    });
  }

  #tell(system: string, query: URLSearchParams, now: number, response: ServerResponse): void {
    if (query.get('usr') !== crossrefLogin.user || query.get('pwd') !== crossrefLogin.password) {
      send(response, 401, 'Incorrect login');
      return;
    }
    const deposit = this.#deposits.get(`${system} ${query.get('file_name') ?? ''}`);
    const waits = deposit === undefined ? 'unknown_submission' : now < deposit.at + this.delayMs ? 'queued' : null;
    const body =
      waits === null && deposit !== undefined
        ? `<doi_batch_diagnostic status="completed" sp="local">${this.#worked(system, deposit.xml)}</doi_batch_diagnostic>`
        : `<doi_batch_diagnostic status="${waits ?? ''}"></doi_batch_diagnostic>`;
    send(response, 200, `<?xml version="1.0" encoding="UTF-8"?>\n${body}`, 'text/xml');
  }

  /** Works a deposit through: against the schema's order, and against the timestamp of the last one of its DOI. */
  #worked(system: string, xml: string): string {
    const record = /<dataset dataset_type="record">([\s\S]*?)<\/dataset>/.exec(xml)?.[1] ?? '';
    const doi = (/<doi>([^<]*)<\/doi>/.exec(record)?.[1] ?? '').toLowerCase();
    const timestamp = /<timestamp>(\d+)<\/timestamp>/.exec(xml)?.[1] ?? '';
    const [fault] = crossrefFaults(xml);
    const before = this.registered.get(doi);
    const stale =
      before !== undefined && before > timestamp ? 'Record not processed because submitted version is older' : '';
    const why = fault ?? stale;
    if (why === '' && system === 'production') this.registered.set(doi, timestamp);
    const [status, message] = why === '' ? ['Success', 'Successfully added'] : ['Failure', why];
    const escaped = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    return `<record_diagnostic status="${status}"><doi>${doi}</doi><msg>${escaped}</msg></record_diagnostic>`;
  }
}

export function isCrossref(url: URL): boolean {
  return url.pathname.startsWith(BASE);
}

function send(response: ServerResponse, status: number, body: string, type = 'text/html'): void {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8` });
  response.end(body);
}

import { describe, expect, it } from 'vitest';
import { fuzzMs, fuzzSeed } from '../../../signal/fuzz-support.ts';
import { fuzzTexts } from '../../../signal/fuzz-texts.ts';
import { chosenOrganization } from '../account/organizations.ts';
import { inspectToken } from '../account/token.ts';
import { answerCode, answerText } from '../http/answer-text.ts';
import { CloudHttp } from '../http/cloud-http.ts';
import { statusError } from '../http/status-errors.ts';
import { fetchDocuments } from '../remote/fetch-documents.ts';
import { listRemote } from '../remote/list-remote.ts';
import { VirtualPace } from '../testing/virtual-pace.ts';
import { CloudApi } from './cloud-api.ts';
import { fromWire, toWire } from './document-wire.ts';
import { storageError } from './storage-errors.ts';
import type { JsonObject } from '../../../../shared/model/document-json.ts';

const ID = 'aaaaaaaaaaaaaaaaaaaaaaaa';
const row = { id: ID, ndiId: '41_a', name: 'a', className: 'element' };
const person = { firstName: 'Ada', orcid: '0000-0002-1825-0097' };
const document = { document_class: { class_name: 'element' }, base: { id: '41_a', name: '__NDI__NaN__' } };

/** Good answers by the end of what is asked for. */
const answers: Readonly<Record<string, unknown>> = {
  'document-count': { count: 1 },
  '/documents?': { documents: [row] },
  'bulk-fetch': { documents: [{ ...row, data: document }] },
  '/users/me': { id: 'u', email: 'a@x.org', organizations: { id: 'o', name: 'O' } },
  '/published?': { totalNumber: 1, page: 1, datasets: [{ id: ID, name: 'd', contributors: [person], doi: '10.1/x' }] },
  '/files?': { files: [{ uid: 'f1', uploaded: true, size: 5 }], hasMore: false, cursor: null },
  '/detail': { uid: 'f1', downloadUrl: 'https://x.org/f1' },
};
const record = { _id: ID, name: 'd', files: [{ uid: 'f1', uploaded: true, size: 5 }], contributors: [person] };

/** A service that answers well but for one of its answers. */
class LyingHttp extends CloudHttp {
  readonly #text: string;
  readonly #lie: number;
  #asked = 0;

  constructor(text: string, lie: number) {
    super(new VirtualPace());
    this.#text = text;
    this.#lie = lie;
  }

  override async run<T>(options: Parameters<CloudHttp['run']>[0]): Promise<T> {
    const { url } = await options.attempt(0, undefined);
    this.#asked += 1;
    // A service that never ends a list would be asked for a long time.
    if (this.#asked > 300) throw new Error(`${url.href} is asked again and again`);
    const known = Object.entries(answers).find(([part]) => url.href.includes(part))?.[1] ?? record;
    const body = this.#asked === this.#lie ? this.#text : JSON.stringify(known);
    const chunks = async function* () {
      yield await Promise.resolve(Buffer.from(body));
    };
    return (await options.read({ chunks } as Parameters<typeof options.read>[0])) as T;
  }
}

const all = [...Object.values(answers), record].map((one) => JSON.stringify(one));

describe(`lying answers of the cloud are read or refused (NDI_FUZZ_SEED=${fuzzSeed})`, () => {
  it(
    'to whatever is asked',
    () => {
      let run = 0;
      return fuzzTexts(all, async (text) => {
        run += 1;
        const tokens = { token: () => Promise.resolve('t'), renewed: () => Promise.reject(new Error('no')) };
        const api = new CloudApi({ http: new LyingHttp(text, 1 + (run % 4)), base: 'https://x.org/v1', tokens });
        const user = await api.call('getCurrentUser', {});
        expect(typeof chosenOrganization(user, null).id).toBe('string');
        for await (const { rows } of api.listDatasets('listPublished', {})) {
          for (const { id } of rows) expect(typeof id).toBe('string');
        }
        const { inventory } = await listRemote(api, ID);
        for (const [id, { cloudIds }] of inventory.documents) {
          expect(typeof id).toBe('string');
          for await (const fetched of fetchDocuments(api, ID, cloudIds)) {
            if (fetched.document !== null) expect(Array.isArray(fetched.document)).toBe(false);
          }
        }
        for (const [uid, { size }] of inventory.files) {
          expect(uid).not.toBe('');
          expect(size === null || Number.isFinite(size)).toBe(true);
        }
      });
    },
    fuzzMs,
  );

  it(
    'when it refuses',
    () => {
      const refusals = [
        JSON.stringify({ message: { error: 'no' }, code: 'UserNotFoundException', errors: ['a', 'b'] }),
        JSON.stringify({ detail: 'no', error: { message: 'x' } }),
        '<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code><Message>no</Message><StringToSign>k</StringToSign></Error>',
        '<!doctype html><html><head><style>p{}</style><script>x</script></head><body><p>Bad gateway</p></body></html>',
        '<Error><Code>constructor</Code></Error>',
      ];
      let run = 0;
      return fuzzTexts(
        refusals,
        (body) => {
          run += 1;
          const status = [400, 403, 404, 409, 413, 429, 500, 502, 504, 418][run % 10] ?? 400;
          const text = answerText(body.slice(0, 64 * 1024), status, 'why');
          const refusal = { status, text, code: answerCode(body), host: 'x.org', body: body.slice(0, 2000) };
          for (const error of [statusError(refusal), storageError(refusal)]) {
            expect([typeof error.message, typeof error.recovery]).toEqual(['string', 'string']);
            expect(error.code).toMatch(/^(cloud|auth)\./);
          }
        },
        { neverRefused: true },
      );
    },
    fuzzMs,
  );

  it(
    'in tokens and in documents',
    () => {
      const payload = Buffer.from(JSON.stringify({ email: 'a@x.org', exp: 1_800_000_000 })).toString('base64url');
      return fuzzTexts(
        [`eyJhbGciOiJub25lIn0.${payload}.c2ln`, JSON.stringify(document)],
        (text) => {
          const { state, expiresAtMs } = inspectToken(text, 1_700_000_000_000);
          if (state === 'valid') expect(expiresAtMs).toBeGreaterThan(1_700_000_000_000);
          let given: unknown;
          try {
            given = JSON.parse(text);
          } catch {
            return;
          }
          if (typeof given !== 'object' || given === null || Array.isArray(given)) return;
          expect(fromWire(toWire(fromWire(given as JsonObject)))).toEqual(fromWire(given as JsonObject));
        },
        { neverRefused: true },
      );
    },
    fuzzMs,
  );
});

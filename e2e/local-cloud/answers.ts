/** What a route answers. One of `json`, `text`, `xml`, or no body. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly xml?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (json: unknown): Answer => ({ status: 200, json });
export const created = (json: unknown): Answer => ({ status: 201, json });
export const done = (message = 'ok'): Answer => ok({ message });
export const nothing: Answer = { status: 204 };

/** Thrown by routes: ends the request with this answer. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(JSON.stringify(answer));
    this.answer = answer;
  }
}

/** The service has no single shape of refusal; which route uses which is as its clients report. */
export const refuse = {
  message: (status: number, message: string) => new Refused({ status, json: { message } }),
  nested: (status: number, error: string) => new Refused({ status, json: { message: { error } } }),
  error: (status: number, error: string) => new Refused({ status, json: { error } }),
  code: (status: number, code: string, message: string) => new Refused({ status, json: { code, message } }),
  fault: () => new Refused({ status: 500, text: 'An error occured.  Please check the logs.' }),
  storage: (status: number, code: string, message: string) =>
    new Refused({
      status,
      xml: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    }),
  unauthorized: () => new Refused({ status: 401, json: { message: 'Unauthorized' } }),
  notFound: (what: string) => new Refused({ status: 404, json: { message: `${what} not found` } }),
};

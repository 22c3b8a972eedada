import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that stands for all ontology servers. Paths without an answer get a 404. */
export interface OntologyServer {
  readonly address: string;
  /** What was asked for, in order. */
  readonly asked: string[];
  /** @param path what the path (with its query, decoded) must hold */
  on(path: string, answer: Answer): void;
  reset(): void;
}

export async function startOntologyServer(): Promise<OntologyServer> {
  const answers: { path: string; answer: Answer }[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '').replaceAll('+', ' '));
    asked.push(path);
    // What was said last holds.
    const found = answers.findLast((one) => path.includes(one.path));
    if (found === undefined) response.writeHead(404).end();
    else found.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    on: (path, answer) => answers.push({ path, answer }),
    reset: () => {
      answers.length = 0;
      asked.length = 0;
    },
  };
}

export const sends =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (_request, response) => {
    const isText = typeof body === 'string';
    response.writeHead(status, { 'content-type': isText ? 'text/xml' : 'application/json', ...headers });
    response.end(isText ? body : JSON.stringify(body));
  };

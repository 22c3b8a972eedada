import type { ServerResponse } from 'node:http';

/** A plain page for a person who came with a wrong address: what happened and what to do. */
export interface Message {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

const FRESH_ADDRESS =
  'Run “npm start” (or “ndi serve --open”) once more on the machine that runs NDI Desktop: it prints a fresh address.';

export const messages = {
  tokenUsed: {
    status: 401,
    title: 'This address has been used',
    text: `The token in it opens the door once. ${FRESH_ADDRESS}`,
  },
  tokenUnknown: {
    status: 401,
    title: 'This address is not valid',
    text: `Its token is not one of this door, which may have been started anew. ${FRESH_ADDRESS}`,
  },
  noSession: { status: 401, title: 'This browser has not been let in', text: FRESH_ADDRESS },
  wrongHost: {
    status: 403,
    title: 'Wrong address',
    text: 'NDI Desktop answers on this machine’s own address only, with its own port. Use the address that it printed.',
  },
  foreignOrigin: { status: 403, title: 'Not allowed', text: 'Another site may not talk to NDI Desktop.' },
  wrongSecret: { status: 403, title: 'Not allowed', text: 'Only NDI Desktop itself may ask this.' },
  notFound: { status: 404, title: 'Not found', text: 'There is nothing at this address.' },
  wrongMethod: { status: 405, title: 'Not allowed', text: 'This address is for reading only.' },
  tooLarge: { status: 413, title: 'Too large', text: 'The request is larger than any that is meant.' },
  badRequest: { status: 400, title: 'Not understood', text: 'The request is not one that NDI Desktop knows.' },
  prefetch: { status: 503, title: 'Not yet', text: 'This address opens when you go to it, not before.' },
} as const satisfies Record<string, Message>;

export function sendMessage(response: ServerResponse, message: Message): void {
  sendHtml(response, message.status, message.title, `<h1>${message.title}</h1><p>${message.text}</p>`);
}

/**
 * Goes on to the page from a page of ours. A redirect that began on another site (a link in a chat, a notebook) would
 * not carry the new SameSite=Strict cookie; a step that our own page takes does.
 */
export function sendStep(response: ServerResponse, to: string): void {
  const head = `<meta http-equiv="refresh" content="0;url=${to}">`;
  sendHtml(response, 200, 'NDI Desktop', `<p><a href="${to}">Go on to NDI Desktop</a></p>`, head);
}

function sendHtml(response: ServerResponse, status: number, title: string, body: string, head = ''): void {
  const html =
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head>` +
    `<body style="font:15px/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem">${body}</body></html>\n`;
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(html);
}

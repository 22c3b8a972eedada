import type { Page } from '@playwright/test';

export interface HeldAnswers {
  /** From now on no answer of the services reaches the page. */
  hold(): void;
  /** Lets through what was held back, in its order, and what follows. */
  release(): void;
}

/** Stands between the page and its door, and can keep answers back; the page is loaded again for it. */
export async function holdAnswers(page: Page): Promise<HeldAnswers> {
  let waiting: (() => void)[] | null = null;
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => server.send(message));
    server.onMessage((message) => {
      if (waiting === null) socket.send(message);
      else waiting.push(() => socket.send(message));
    });
  });
  await page.reload();
  return {
    hold() {
      waiting = [];
    },
    release() {
      for (const send of waiting ?? []) send();
      waiting = null;
    },
  };
}

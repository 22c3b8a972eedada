import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type ConsoleMessage, type Page } from '@playwright/test';
import { startDoor, type DoorProcess } from './door-process.ts';

interface Fixtures {
  /** A page that is in, at the application's start. Any console warning or error, page error or policy breach fails the test. */
  page: Page;
  /** What the page may say on its console without failing the test: a part of the text. */
  allowedMessages: string[];
}

interface WorkerFixtures {
  /** Specs that begin where nobody has signed in yet, or leave somebody signed in, name a door of their own. */
  doorOf: string;
  /** The web door; one a worker, on a temporary home. */
  door: DoorProcess;
}

/** Playwright's test with the web door: `page` has been let in, and every message of its console counts. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  doorOf: ['all', { scope: 'worker', option: true }],
  door: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants a pattern
    async ({}, use) => {
      const door = await startDoor();
      await use(door);
      await door.stop();
    },
    { scope: 'worker' },
  ],
  allowedMessages: [[], { option: true }],
  page: async ({ page, door, allowedMessages }, use) => {
    const faults = watchFaults(page, allowedMessages);
    await delayAnswers(page);
    await page.goto(await door.freshAddress());
    await use(page);
    expect(faults, 'messages on the console, errors of the page and breaches of the content policy').toEqual([]);
  },
});

export { expect };

/**
 * With `NDI_TEST_DELAY_MS=500` all answers of the door come so much later, as on a busy machine: what a spec does not
 * wait for then shows.
 */
async function delayAnswers(page: Page): Promise<void> {
  const delayMs = Number(process.env['NDI_TEST_DELAY_MS'] ?? 0);
  if (delayMs === 0) return;
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const door = socket.connectToServer();
    socket.onMessage((message) => door.send(message));
    door.onMessage((message) => void setTimeout(() => socket.send(message), delayMs));
  });
}

/** Collects what a page must not say; the list grows as it happens. */
export function watchFaults(page: Page, allowed: readonly string[] = []): string[] {
  const faults: string[] = [];
  const add = (text: string) => {
    if (!allowed.some((part) => text.includes(part))) faults.push(text);
  };
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error' || message.type() === 'warning') add(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => add(`page error: ${error.message}`));
  page.on('crash', () => add('the page crashed'));
  return faults;
}

/** Fails on serious or critical findings of axe. */
export async function axe(page: Page, within?: string): Promise<void> {
  const builder = new AxeBuilder({ page });
  const { violations } = await (within === undefined ? builder : builder.include(within)).analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(serious, 'serious or critical findings of axe').toEqual([]);
}

/** Saves what is on the screen as test-results/screens/NAME.png. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/screens/${name}.png`, animations: 'disabled' });
}

/** Looks at a part of the screen in both themes, has axe look too, and goes back to the light one. */
export async function bothLooks(page: Page, name: string, within: string): Promise<void> {
  for (const [colorScheme, file] of [
    ['light', name],
    ['dark', `${name}-dark`],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await axe(page, within);
    await screenshot(page, file);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

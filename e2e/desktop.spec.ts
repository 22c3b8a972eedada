import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { NdiHost } from '../shared/contract/host.ts';
import { copyOfDemo } from './support/demo.ts';
import { dataProcess, test, type Desktop } from './support/desktop.ts';

declare global {
  interface Window {
    readonly ndiHost: NdiHost;
  }
}

/** Puts a recorder in the place of a call of Electron, in the main process. */
async function recordExternal({ app }: Desktop): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { openedOutside: opened });
    shell.openExternal = (address) => {
      opened.push(address);
      return Promise.resolve();
    };
  });
  return () => app.evaluate(() => (globalThis as unknown as { openedOutside: string[] }).openedOutside);
}

test('shows the page through app:// and gets answers through the port', async ({ desktop }) => {
  const { page, app } = desktop;
  await expect(page.getByRole('heading').first()).toBeVisible();
  // The status bar has asked the data process what it is, and gets its memory told.
  await expect(page.getByText('desktop', { exact: false }).first()).toBeVisible();
  const address = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());
  expect(address).toBe('app://ndi/');
  expect(await dataProcess(desktop)).toBeGreaterThan(0);
  expect(desktop.faults).toEqual([]);
});

test('opens its window in a sandbox, hidden until the page is there, and in the colour of the theme', async ({
  desktop: { app, page },
}) => {
  const opened = await app.evaluate(({ BrowserWindow }) => {
    const [first] = BrowserWindow.getAllWindows();
    const contents = first?.webContents as unknown as { getLastWebPreferences?: () => object };
    return {
      visible: first?.isVisible(),
      colour: first?.getBackgroundColor(),
      web: contents.getLastWebPreferences?.(),
    };
  });
  expect(opened.visible).toBe(true);
  expect(['#F4F5F7', '#15181C']).toContain(opened.colour);
  if (opened.web !== undefined) {
    expect(opened.web).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  }
  const seen = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
    secure: isSecureContext,
    host: Object.keys(window.ndiHost).sort(),
    frozen: Object.isFrozen(window.ndiHost),
  }));
  expect(seen).toEqual({
    node: [],
    secure: true,
    host: [
      'applySettings',
      'chooseFile',
      'chooseFolder',
      'chooseSaveFile',
      'nameCommands',
      'onCommand',
      'onDataProcessRestart',
      'openPanelWindow',
      'pathForFile',
      'platform',
      'raiseWindow',
      'requestPort',
    ],
    frozen: true,
  });
});

test('serves its own files with their types and nothing else', async ({ desktop: { page } }) => {
  const ask = (path: string) =>
    page.evaluate(async (asked) => {
      const response = await fetch(asked);
      const { headers } = response;
      return {
        status: response.status,
        type: headers.get('content-type'),
        policy: headers.get('content-security-policy'),
      };
    }, path);
  const index = await ask('/index.html');
  expect(index).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
  expect(index.policy).toContain("default-src 'none'; script-src 'self';");
  expect(index.policy).not.toContain('unsafe-eval');
  for (const path of [
    '/..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/%252e%252e%252fpackage.json',
    '/missing',
  ]) {
    expect(await ask(path), path).toMatchObject({ status: 404 });
  }
});

test('runs neither inline script nor eval, and connects nowhere else', async ({ desktop: { page } }) => {
  const outcome = await page.evaluate(async () => {
    const broken: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => broken.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'globalThis.inlineRan = true';
    document.head.append(script);
    const frame = document.createElement('iframe');
    frame.src = '/index.html';
    document.body.append(frame);
    // In a task of its own: what the test itself runs may evaluate.
    const evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- it must fail
          resolve(new Function('return true')());
        } catch {
          resolve(false);
        }
      });
    });
    const reached = await fetch('https://example.org/').then(
      () => true,
      () => false,
    );
    // The browser tells of a breach when it gets to it.
    for (let tries = 0; tries < 100 && new Set(broken).size < 4; tries += 1)
      await new Promise((r) => setTimeout(r, 50));
    return { evaluated, reached, inlineRan: 'inlineRan' in globalThis, broken: [...new Set(broken)].sort() };
  });
  expect(outcome).toEqual({
    evaluated: false,
    reached: false,
    inlineRan: false,
    broken: expect.arrayContaining(['connect-src', 'frame-src', 'script-src', 'script-src-elem']),
  });
});

test('stays on its page, opens no windows, and sends https links to the browser', async ({ desktop }) => {
  const { page, app } = desktop;
  const openedOutside = await recordExternal(desktop);
  const before = page.url();
  await page.evaluate(() => (location.href = 'https://example.org/'));
  await page.evaluate(() => {
    window.open('https://example.org/paper?a=1');
    window.open('http://example.org/');
    window.open('file:///etc/passwd');
    const link = Object.assign(document.createElement('a'), { href: 'https://example.org/link', target: '_blank' });
    document.body.append(link);
    link.click();
  });
  await expect.poll(openedOutside).toEqual(['https://example.org/paper?a=1', 'https://example.org/link']);
  expect(page.url()).toBe(before);
  expect(app.windows()).toHaveLength(1);
});

test('has no permissions beyond writing to the clipboard', async ({ desktop: { page } }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi'] as PermissionName[];
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
});

test('chooses folders and files in the dialogs of the system', async ({ desktop: { app, page, dataFolder } }) => {
  await app.evaluate(({ dialog }, chosen) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { askedDialogs: asked });
    dialog.showOpenDialog = (...args: unknown[]) => {
      asked.push(args.at(-1));
      return Promise.resolve({ canceled: asked.length > 1, filePaths: asked.length > 1 ? [] : [chosen] });
    };
  }, dataFolder);
  const chosen = await page.evaluate(async () => [
    await window.ndiHost.chooseFolder({ title: 'Open a folder', buttonLabel: 'Open' }),
    await window.ndiHost.chooseFile({ title: 'Open a file' }),
  ]);
  expect(chosen).toEqual([dataFolder, null]);
  const asked = await app.evaluate(() => (globalThis as unknown as { askedDialogs: object[] }).askedDialogs);
  expect(asked).toEqual([
    expect.objectContaining({ title: 'Open a folder', buttonLabel: 'Open' }),
    expect.objectContaining({ title: 'Open a file', properties: ['dontAddToRecent', 'openFile'] }),
  ]);
  const refused = await page.evaluate(async () => {
    try {
      return await window.ndiHost.chooseFolder({ title: 7 } as unknown as { title: string });
    } catch {
      return 'refused';
    }
  });
  expect(refused).toBe('refused');
});

test('has its commands in the menu, and runs the one that is chosen', async ({ desktop: { app, page } }) => {
  await expect(page.getByRole('heading').first()).toBeVisible();
  const labels = await app.evaluate(({ Menu }) => {
    const menu = Menu.getApplicationMenu();
    return ['open.folder', 'palette.open', 'shortcuts.open'].map((id) => menu?.getMenuItemById(id)?.label);
  });
  expect(labels).toEqual(['Open a folder…', 'Find a command, session or document…', 'Keyboard shortcuts']);
  await app.evaluate(({ Menu }) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById('palette.open');
    (item?.click as (() => void) | undefined)?.();
  });
  await expect(page.getByPlaceholder(/command/i)).toBeVisible();
});

test('follows the theme of the settings', async ({ desktop: { app, page } }) => {
  await page.evaluate(() => window.ndiHost.applySettings({ theme: 'dark', shortcuts: { 'open.folder': 'mod+alt+f' } }));
  await expect
    .poll(() =>
      app.evaluate(({ nativeTheme, BrowserWindow, Menu }) => [
        nativeTheme.themeSource,
        BrowserWindow.getAllWindows()[0]?.getBackgroundColor(),
        Menu.getApplicationMenu()?.getMenuItemById('open.folder')?.accelerator,
      ]),
    )
    .toEqual(['dark', '#15181C', 'CommandOrControl+Alt+F']);
});

test('takes the paths of a second start, which ends at once', async ({ desktop }) => {
  const folder = join(desktop.dataFolder, 'folder of a second start');
  mkdirSync(folder);
  writeFileSync(join(folder, 'note.txt'), 'nothing to see');
  expect(await desktop.startAgain(folder)).toBe(0);
  await expect(desktop.page.getByText('folder of a second start').first()).toBeVisible();
  expect(desktop.app.windows()).toHaveLength(1);
});

test('follows a link, asks before a folder that was never opened, and tells of a broken one', async ({ desktop }) => {
  const { page } = desktop;
  await expect(page.getByRole('heading').first()).toBeVisible();
  const follow = (link: string) =>
    desktop.app.evaluate(
      ({ app }, address) => app.emit('open-url', { preventDefault: () => undefined }, address),
      link,
    );
  const path = await copyOfDemo(mkdtempSync(join(desktop.dataFolder, 'linked-')));
  const link = `ndi-app://documents?path=${encodeURIComponent(path)}&class=element`;
  const question = page.getByRole('dialog', { name: 'Open what a link leads to?' });
  const browser = page.locator('[data-panel-kind="documents"]');

  await follow(link);
  await expect(question).toContainText(path);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  await expect(browser).toHaveCount(0);

  expect(await desktop.startAgain(link)).toBe(0);
  await question.getByRole('button', { name: 'Open it' }).click();
  await expect(browser.getByRole('option', { name: /^element \d/ })).toHaveAttribute('aria-selected', 'true');

  await follow('ndi-app://frobs?path=/etc');
  await expect(page.getByRole('alert').filter({ hasText: 'leads to nothing that this version' })).toBeVisible();
  await follow('ndi-app://documents?path=%E0%A4%A');
  await expect(page.getByRole('alert').filter({ hasText: 'cut off or changed' })).toBeVisible();
  await follow(link.replace('class=element', 'class=subject'));
  await expect(browser.getByRole('option', { name: /^subject \d/ })).toHaveAttribute('aria-selected', 'true');
  await expect(question).toBeHidden();
});

test('starts the data process again once, and then shows a report with a way back', async ({ desktop }) => {
  const { page } = desktop;
  await expect(page.getByRole('heading').first()).toBeVisible();
  const first = await dataProcess(desktop);
  process.kill(first, 'SIGKILL');
  await expect.poll(async () => [0, first].includes(await dataProcess(desktop))).toBe(false);
  process.kill(await dataProcess(desktop), 'SIGKILL');
  await expect(page.getByRole('heading', { name: 'The process that reads your data has stopped' })).toBeVisible();
  await page.getByRole('link', { name: 'Start again' }).click();
  await expect(page.getByRole('contentinfo')).toBeVisible();
  await expect.poll(() => dataProcess(desktop)).toBeGreaterThan(0);
});

test('keeps the place of its window', async ({ desktop: { app, dataFolder } }) => {
  const bounds = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  await app.close();
  await ended;
  const kept = JSON.parse(readFileSync(join(dataFolder, 'window.json'), 'utf8')) as object;
  expect(kept).toEqual({ ...bounds, maximized: false });
});

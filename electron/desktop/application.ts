import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  BrowserWindow,
  Menu,
  MessageChannelMain,
  app,
  nativeTheme,
  session,
  shell,
  utilityProcess,
  type RenderProcessGoneDetails,
} from 'electron';
import type { HostEvent } from '../../shared/contract/application.ts';
import type { CommandNames } from '../../shared/contract/host.ts';
import type { CommandId } from '../../shared/model/commands.ts';
import { applicationFolder } from '../services/application-folder.ts';
import { SettingsService } from '../services/settings.ts';
import { channels } from './channels.ts';
import { CrashCount } from './crash-count.ts';
import { DataSupervisor } from './data-supervisor.ts';
import { guardContents, guardSession } from './guards.ts';
import { hearPage, type KnownSettings } from './ipc.ts';
import { registerLinks } from './app-links.ts';
import { askKeyStore } from './key-store.ts';
import { handedPaths, launchPaths } from './launch-paths.ts';
import { menuTemplate } from './menu-template.ts';
import { Notifier } from './notifier.ts';
import { PanelWindows } from './panel-windows.ts';
import { REPORT_PATH } from './page-responder.ts';
import { PAGE_ADDRESS } from './policies/own-page.ts';
import { declarePageScheme, servePage } from './protocol.ts';
import { reportPage } from './report-page.ts';
import { mainWindow, openWindow, raiseWindow, type WindowSettings } from './window.ts';
import { WINDOWS_APP_ID } from './windows-app-id.ts';

/** Folder of the bundles: `dist/electron` of the checkout or of the packaged archive. */
const bundles = dirname(fileURLToPath(import.meta.url));

/** The running application: one main window and those that panels were moved to, one data process. */
export class Application {
  readonly #dataFolder = applicationFolder();
  readonly #pageCrashes = new CrashCount();
  readonly #windowSettings: WindowSettings = {
    preload: join(bundles, 'preload.cjs'),
    // Elsewhere the program itself carries the icon.
    icon: process.platform === 'linux' ? join(bundles, '..', '..', 'build', 'packaging', 'icon.png') : null,
    developer: !app.isPackaged,
    dataFolder: this.#dataFolder,
  };
  readonly #panelWindows = new PanelWindows(this.#windowSettings);
  readonly #notifier = new Notifier((command) => this.#run(command));
  readonly #data = new DataSupervisor({
    // The data process finds its folder by the same variable, whatever this process was told.
    fork: () =>
      utilityProcess.fork(join(bundles, 'data.cjs'), [], {
        serviceName: 'NDI data',
        stdio: ['ignore', 'inherit', 'pipe'],
        env: { ...process.env, NDI_DATA_FOLDER: this.#dataFolder },
      }),
    askKeyStore,
    onEnd: (ending) => this.#notifier.tell(ending),
    onRestart: () => {
      for (const { webContents } of this.#windows()) webContents.send(channels.dataProcessRestart);
    },
    onFailure: ({ exitCode, lastWords }) =>
      this.#showReport('The process that reads your data has stopped', { 'Exit code': String(exitCode) }, lastWords),
  });
  /** Events from before Electron was ready, when there can be no data process yet. */
  readonly #waiting: HostEvent[] = [];
  #window: BrowserWindow | null = null;
  readonly #commandNames = new WeakMap<BrowserWindow, CommandNames>();
  #shortcuts: KnownSettings['shortcuts'] = {};
  /** What the menu shows, as text. */
  #drawn = '';
  #report = '';

  /** Starts, or hands what it was asked to open to the application that runs already. */
  start(): void {
    declarePageScheme();
    // Chromium refuses its sandbox to the superuser on Linux, who then has to say --no-sandbox.
    if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
    app.setPath('userData', this.#dataFolder);
    // A checkout has no shortcut of an installer: Windows knows it by its program.
    if (process.platform === 'win32') app.setAppUserModelId(app.isPackaged ? WINDOWS_APP_ID : process.execPath);
    const paths = launchPaths({
      argv: process.argv,
      workingFolder: process.cwd(),
      applicationPath: app.getAppPath(),
    });
    // Our own reading of the arguments goes along: Electron may reorder those that it passes on.
    if (!app.requestSingleInstanceLock({ paths })) {
      app.quit();
      return;
    }
    registerLinks(app, { platform: process.platform, program: process.execPath });
    for (const path of paths) this.#open(path);
    this.#listen();
    // Not awaited at the top level: Electron is ready only after the modules have been evaluated.
    void app.whenReady().then(() => this.#ready());
  }

  #listen(): void {
    app.on('second-instance', (_event, _argv, _folder, handed) => {
      for (const path of handedPaths(handed)) this.#open(path);
      this.#showWindow();
    });
    // macOS: a file dropped on the icon, or opened in the Finder; may come before we are ready.
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.#open(path);
      if (app.isReady()) this.#showWindow();
    });
    // macOS: a link of ours, clicked anywhere; elsewhere it comes as an argument.
    app.on('open-url', (event, link) => {
      event.preventDefault();
      this.#open(link);
      if (app.isReady()) this.#showWindow();
    });
    app.on('activate', () => this.#showWindow());
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    app.on('web-contents-created', (_event, contents) => guardContents(contents, openExternal));
    app.on('will-quit', (event) => {
      if (!this.#data.isRunning) return;
      event.preventDefault();
      void this.#data.stop().finally(() => app.exit(0));
    });
  }

  #ready(): void {
    guardSession(session.defaultSession);
    servePage(session.defaultSession, { folder: join(bundles, '..', 'renderer'), report: () => this.#report });
    hearPage({
      ownWindows: () => this.#windows(),
      requestPort: (window) => this.#givePort(window),
      applySettings: (settings) => this.#applySettings(settings),
      nameCommands: (window, names) => {
        this.#commandNames.set(window, names);
        this.#drawMenu();
      },
      openPanelWindow: (asked) => this.#panelWindows.open(asked),
      raiseWindow: (id) => (id === null ? this.#showWindow() : this.#panelWindows.raise(id)),
    });
    // Each window has a history of its own in front.
    app.on('browser-window-focus', () => this.#drawMenu());
    this.#applySettings(new SettingsService(this.#dataFolder).get());
    for (const event of this.#waiting.splice(0)) this.#data.send(event);
    this.#showWindow();
  }

  #send(event: HostEvent): void {
    if (app.isReady()) this.#data.send(event);
    else this.#waiting.push(event);
  }

  #open(path: string): void {
    this.#send({ type: 'open', path });
  }

  #windows(): readonly BrowserWindow[] {
    return [...(this.#window === null ? [] : [this.#window]), ...this.#panelWindows.all()];
  }

  /** Lets the page in front do something; where none of ours is in front, the main one. */
  #run(command: CommandId): void {
    const panelWindow = this.#panelWindows.focused();
    if (panelWindow !== null) {
      panelWindow.webContents.send(channels.command, command);
      return;
    }
    this.#send({ type: 'command', command });
    this.#showWindow();
  }

  #showWindow(): void {
    if (this.#window !== null) {
      raiseWindow(this.#window);
      return;
    }
    const window = openWindow(this.#windowSettings, mainWindow);
    this.#window = window;
    window.once('closed', () => {
      this.#window = null;
      // Their panels belong to it: they are in its layout at the next start.
      this.#panelWindows.closeAll();
    });
    window.webContents.on('render-process-gone', (_event, details) => this.#onPageGone(window, details));
  }

  /** Introduces the page to the data process; from then on they talk without us. */
  #givePort(window: BrowserWindow): void {
    const { port1, port2 } = new MessageChannelMain();
    this.#data.connect(window.webContents.id, port1);
    window.webContents.postMessage(channels.dataPort, null, [port2]);
  }

  #applySettings({ theme, shortcuts }: KnownSettings): void {
    nativeTheme.themeSource = theme;
    this.#shortcuts = shortcuts;
    this.#drawMenu();
  }

  /** The menu is made anew when a shortcut or a name in it changes, in one way for both. */
  #drawMenu(): void {
    const inFront = this.#panelWindows.focused() ?? this.#window;
    const names = (inFront === null ? undefined : this.#commandNames.get(inFront)) ?? {};
    const drawn = JSON.stringify([this.#shortcuts, names]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const template = menuTemplate({
      platform: process.platform,
      shortcuts: this.#shortcuts,
      names,
      developer: !app.isPackaged,
      run: (command) => this.#run(command),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  #onPageGone(window: BrowserWindow, { reason, exitCode }: RenderProcessGoneDetails): void {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (this.#pageCrashes.count() === 'restart') void window.loadURL(PAGE_ADDRESS);
    else this.#showReport('The window has stopped', { Reason: reason, 'Exit code': String(exitCode) }, '');
  }

  #showReport(what: string, facts: Record<string, string>, details: string): void {
    const theme = nativeTheme.shouldUseDarkColors ? 'dark' : 'light';
    const system = `${process.platform} ${process.arch}, Electron ${process.versions.electron}`;
    // They have no data either, and would ask for it again and again.
    this.#panelWindows.closeAll();
    this.#report = reportPage({ what, facts: { Version: app.getVersion(), System: system, ...facts }, details, theme });
    void this.#window?.loadURL(new URL(REPORT_PATH, PAGE_ADDRESS).href);
  }
}

function openExternal(address: string): void {
  shell.openExternal(address).catch((fault: unknown) => {
    process.stderr.write(`NDI Desktop: the browser could not be opened: ${String(fault)}\n`);
  });
}

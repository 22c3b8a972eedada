import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { settingsSchema } from '../../shared/contract/application.ts';
import type { CommandNames } from '../../shared/contract/host.ts';
import { commandTable, type CommandId } from '../../shared/model/commands.ts';
import { WINDOW_NAME, type PanelWindow } from '../../shared/model/panel-window.ts';
import { channels } from './channels.ts';
import { choose, chooseSave, chooseSaveSchema, chooseSchema } from './dialogs.ts';
import { maySend } from './policies/sender.ts';

const hostSettingsSchema = settingsSchema.pick({ theme: true, shortcuts: true });
export type KnownSettings = z.infer<typeof hostSettingsSchema>;

const windowNameSchema = z.string().regex(WINDOW_NAME);
const panelWindowSchema = z.object({ id: windowNameSchema, main: windowNameSchema });
/** Longer names of commands would not fit a menu. */
const commandNamesSchema = z.partialRecord(
  z.enum(Object.keys(commandTable) as [CommandId, ...CommandId[]]),
  z.string().transform((name) => name.slice(0, 80)),
);

export interface IpcHandlers {
  /** The windows that we opened. */
  ownWindows(): readonly BrowserWindow[];
  requestPort(window: BrowserWindow): void;
  applySettings(settings: KnownSettings): void;
  nameCommands(window: BrowserWindow, names: CommandNames): void;
  openPanelWindow(window: PanelWindow): void;
  raiseWindow(id: string | null): void;
}

/**
 * Everything that the page may ask of the main process (the rest goes to the data process). Only these two functions
 * touch Electron's object: who asks is judged, and what is asked is parsed, before anything is done.
 */
export function hearPage(handlers: IpcHandlers): void {
  const answer = <S extends z.ZodType>(
    channel: string,
    schema: S,
    act: (window: BrowserWindow, asked: z.infer<S>) => Promise<unknown>,
  ) => {
    ipcMain.handle(channel, (event, asked: unknown) => {
      const window = senderWindow(event, handlers);
      if (window === null) throw new Error('The sender of this message is not our page.');
      return act(window, schema.parse(asked));
    });
  };
  const hear = <S extends z.ZodType>(
    channel: string,
    schema: S,
    act: (window: BrowserWindow, said: z.infer<S>) => void,
  ) => {
    ipcMain.on(channel, (event, said: unknown) => {
      const parsed = schema.safeParse(said);
      const window = senderWindow(event, handlers);
      if (window !== null && parsed.success) act(window, parsed.data);
      else process.stderr.write(`NDI Desktop: a message on ${channel} was refused.\n`);
    });
  };
  answer(channels.chooseFolder, chooseSchema, (window, asked) => choose(window, 'openDirectory', asked));
  answer(channels.chooseFile, chooseSchema, (window, asked) => choose(window, 'openFile', asked));
  answer(channels.chooseSaveFile, chooseSaveSchema, chooseSave);
  hear(channels.requestPort, z.undefined(), (window) => handlers.requestPort(window));
  hear(channels.applySettings, hostSettingsSchema, (_window, settings) => handlers.applySettings(settings));
  hear(channels.nameCommands, commandNamesSchema, (window, names) => handlers.nameCommands(window, names));
  hear(channels.openPanelWindow, panelWindowSchema, (_window, asked) => handlers.openPanelWindow(asked));
  hear(channels.raiseWindow, windowNameSchema.nullable(), (_window, id) => handlers.raiseWindow(id));
}

/** The window of ours that a message comes from, if the page in it sent it. */
function senderWindow(event: IpcMainEvent | IpcMainInvokeEvent, handlers: IpcHandlers): BrowserWindow | null {
  const { sender, senderFrame: frame } = event;
  const window = handlers.ownWindows().find(({ webContents }) => webContents === sender) ?? null;
  const isOwnWindow = window !== null;
  const described = frame === null ? null : { address: frame.url, isMainFrame: frame.parent === null, isOwnWindow };
  return maySend(described) ? window : null;
}

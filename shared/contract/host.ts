import type { CommandId } from '../model/commands.ts';
import type { PanelWindow } from '../model/panel-window.ts';
import type { Settings } from './application.ts';

/**
 * What the desktop window gives the page beyond the contract; the preload script exposes it as `window.ndiHost`.
 * In a browser it is missing: the page then reaches the services through a WebSocket and shows its own dialogs.
 */
export interface NdiHost {
  readonly platform: 'darwin' | 'linux' | 'win32';
  /** Path of a file or folder that was dropped on the window; empty where the system tells none. */
  pathForFile(file: File): string;
  /** The system's folder dialog; null when it is cancelled. */
  chooseFolder(options: ChooseOptions): Promise<string | null>;
  /** The system's file dialog; null when it is cancelled. */
  chooseFile(options: ChooseOptions): Promise<string | null>;
  /** The system's dialog for a file to write; it asks before an existing one is taken. Null when it is cancelled. */
  chooseSaveFile(options: ChooseSaveOptions): Promise<string | null>;
  /**
   * Asks for a port to the data process. The port arrives as a `message` event of the window whose data is
   * {@link DATA_PORT_MESSAGE}: a port cannot pass the context bridge in another way. A new request closes the old port.
   */
  requestPort(): void;
  /** Told when the data process has died and was started again: ask for a new port. Call the result to stop. */
  onDataProcessRestart(listener: () => void): () => void;
  /** Fits window and menu to the settings; call it when they are read and when they change. */
  applySettings(settings: HostSettings): void;
  /** Says what commands would do now, where that is more than their titles: the menu then names it while this window is in front. */
  nameCommands(names: CommandNames): void;
  /** Told of a command that was chosen in the menu while this window was in front. Call the result to stop. */
  onCommand(listener: (command: CommandId) => void): () => void;
  /** Opens a window of its own for panels: another page of ours. */
  openPanelWindow(window: PanelWindow): void;
  /** Brings such a window to the front, by its id; null: the main window. */
  raiseWindow(id: string | null): void;
}

/** By command: `Undo: set probe geometry`. */
export type CommandNames = Readonly<Partial<Record<CommandId, string>>>;

export interface ChooseOptions {
  readonly title: string;
  readonly buttonLabel?: string;
  /** Folder in which the dialog starts. */
  readonly startIn?: string;
}

export interface ChooseSaveOptions extends ChooseOptions {
  readonly suggestedName: string;
}

/** Settings that reach beyond the page: the frame of the window, the shortcuts shown in the menu. */
export type HostSettings = Pick<Settings, 'theme' | 'shortcuts'>;

/** Data of the window message that hands over a port to the data process. */
export const DATA_PORT_MESSAGE = 'ndi:data-port';

declare global {
  // Only `var` declares a property of the global object.
  var ndiHost: NdiHost | undefined;
}

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
  /**
   * Asks for a port to the data process. The port arrives as a `message` event of the window whose data is
   * {@link DATA_PORT_MESSAGE}: a port cannot pass the context bridge in another way. A new request closes the old port.
   */
  requestPort(): void;
}

export interface ChooseOptions {
  readonly title: string;
  readonly buttonLabel?: string;
  /** Folder in which the dialog starts. */
  readonly startIn?: string;
}

/** Data of the window message that hands over a port to the data process. */
export const DATA_PORT_MESSAGE = 'ndi:data-port';

declare global {
  var ndiHost: NdiHost | undefined;
}

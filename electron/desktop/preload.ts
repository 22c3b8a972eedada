// Runs before the page in a sandbox of its own; `window.ndiHost` is all that the page gets of it.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { DATA_PORT_MESSAGE, type NdiHost } from '../../shared/contract/host.ts';
import type { CommandId } from '../../shared/model/commands.ts';
import { channels } from './channels.ts';

/** The little of the page's world that is used here; the privileged side is compiled without the DOM. */
declare const window: { postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void };
declare const location: { readonly origin: string };

const host: NdiHost = {
  platform: process.platform as NdiHost['platform'],
  pathForFile: (file) => webUtils.getPathForFile(file),
  chooseFolder: (options) => ipcRenderer.invoke(channels.chooseFolder, options),
  chooseFile: (options) => ipcRenderer.invoke(channels.chooseFile, options),
  chooseSaveFile: (options) => ipcRenderer.invoke(channels.chooseSaveFile, options),
  requestPort: () => ipcRenderer.send(channels.requestPort),
  onDataProcessRestart(listener) {
    const hear = () => listener();
    ipcRenderer.on(channels.dataProcessRestart, hear);
    return () => ipcRenderer.off(channels.dataProcessRestart, hear);
  },
  applySettings: (settings) => ipcRenderer.send(channels.applySettings, settings),
  nameCommands: (names) => ipcRenderer.send(channels.nameCommands, names),
  onCommand(listener) {
    const hear = (_event: unknown, command: CommandId) => listener(command);
    ipcRenderer.on(channels.command, hear);
    return () => ipcRenderer.off(channels.command, hear);
  },
  openPanelWindow: (window) => ipcRenderer.send(channels.openPanelWindow, window),
  raiseWindow: (id) => ipcRenderer.send(channels.raiseWindow, id),
};

contextBridge.exposeInMainWorld('ndiHost', host);

// To our own origin only: were another page ever shown here, it would not get the port.
ipcRenderer.on(channels.dataPort, (event) => window.postMessage(DATA_PORT_MESSAGE, location.origin, event.ports));

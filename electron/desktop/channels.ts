/** Names of the messages between preload script and main process: the one table of them. */
export const channels = {
  chooseFolder: 'ndi:choose-folder',
  chooseFile: 'ndi:choose-file',
  chooseSaveFile: 'ndi:choose-save-file',
  requestPort: 'ndi:request-port',
  applySettings: 'ndi:apply-settings',
  nameCommands: 'ndi:name-commands',
  openPanelWindow: 'ndi:open-panel-window',
  raiseWindow: 'ndi:raise-window',
  command: 'ndi:command',
  dataPort: 'ndi:data-port',
  dataProcessRestart: 'ndi:data-process-restart',
} as const;

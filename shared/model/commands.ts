/**
 * Every action of the application by its one id: palette, menu, shortcut, context menu and command line name it so.
 * `mod` is Command on macOS and Control elsewhere. A `scope` limits a shortcut to the focused view of that kind.
 */
export interface CommandDeclaration {
  /** Shown to people; passes through the translator. */
  readonly title: string;
  readonly shortcut?: string;
  readonly scope?: 'traces' | 'documents' | 'grid';
  readonly menu?: 'file' | 'edit' | 'view' | 'help';
}

export const commandTable = {
  'open.folder': { title: 'Open a folder…', shortcut: 'mod+o', menu: 'file' },
  'open.file': { title: 'Open a recording file…', shortcut: 'mod+shift+o', menu: 'file' },
  'session.create': { title: 'Create a session from a folder…', shortcut: 'mod+n', menu: 'file' },
  'dataset.create': { title: 'Create a dataset…', menu: 'file' },
  'item.copy': { title: 'Copy the session to…', menu: 'file' },
  'session.ingest': { title: 'Take the recordings into the session…', menu: 'file' },
  'item.clocks': { title: 'Show how the clocks are related', menu: 'view' },
  'item.check': { title: 'Check and repair the session', menu: 'view' },
  'demo.make': { title: 'Make a sample session', menu: 'file' },
  'item.close': { title: 'Close the session', menu: 'file' },
  'item.reload': { title: 'Read again from disk', shortcut: 'mod+shift+r', menu: 'view' },
  'view.start': { title: 'Show the start page', shortcut: 'mod+shift+h', menu: 'view' },
  'view.tree': { title: 'Show or hide the session tree', shortcut: 'mod+b', menu: 'view' },
  'view.jobs': { title: 'Show jobs', shortcut: 'mod+j', menu: 'view' },
  'view.resetLayout': { title: 'Reset the layout', menu: 'view' },
  'panel.close': { title: 'Close the focused panel', shortcut: 'alt+w', menu: 'view' },
  'view.maximize': { title: 'Maximize the focused panel', shortcut: 'mod+shift+m', menu: 'view' },
  'view.nextPanel': { title: 'Go to the next panel', shortcut: 'f6', menu: 'view' },
  'view.previousPanel': { title: 'Go to the previous panel', shortcut: 'shift+f6', menu: 'view' },
  'theme.toggle': { title: 'Switch between light and dark', shortcut: 'mod+shift+l', menu: 'view' },
  'palette.open': { title: 'Find a command, session or document…', shortcut: 'mod+k', menu: 'view' },
  'cloud.signIn': { title: 'Sign in to NDI Cloud…', menu: 'file' },
  'cloud.signOut': { title: 'Sign out of NDI Cloud', menu: 'file' },
  'cloud.datasets': { title: 'Datasets in NDI Cloud', menu: 'view' },
  'settings.open': { title: 'Settings', shortcut: 'mod+,', menu: 'file' },
  'shortcuts.open': { title: 'Keyboard shortcuts', shortcut: 'shift+?', menu: 'help' },
  'tour.start': { title: 'Two-minute tour', menu: 'help' },
  'about.open': { title: 'About NDI Desktop', menu: 'help' },
  'traces.zoomIn': { title: 'Zoom in', shortcut: '+', scope: 'traces' },
  'traces.zoomOut': { title: 'Zoom out', shortcut: '-', scope: 'traces' },
  'traces.fit': { title: 'Fit the whole epoch', shortcut: '0', scope: 'traces' },
  'traces.left': { title: 'Pan left', shortcut: 'ArrowLeft', scope: 'traces' },
  'traces.right': { title: 'Pan right', shortcut: 'ArrowRight', scope: 'traces' },
  'traces.pageLeft': { title: 'One page left', shortcut: 'PageUp', scope: 'traces' },
  'traces.pageRight': { title: 'One page right', shortcut: 'PageDown', scope: 'traces' },
  'traces.start': { title: 'Go to the start', shortcut: 'Home', scope: 'traces' },
  'traces.end': { title: 'Go to the end', shortcut: 'End', scope: 'traces' },
  'traces.gainUp': { title: 'Increase the gain', shortcut: 'ArrowUp', scope: 'traces' },
  'traces.gainDown': { title: 'Decrease the gain', shortcut: 'ArrowDown', scope: 'traces' },
  'traces.back': { title: 'Previous range', shortcut: 'Escape', scope: 'traces' },
  'traces.forward': { title: 'Next range', shortcut: 'shift+Escape', scope: 'traces' },
  'traces.nextEpoch': { title: 'Next epoch', shortcut: ']', scope: 'traces' },
  'traces.previousEpoch': { title: 'Previous epoch', shortcut: '[', scope: 'traces' },
  'traces.cursorLeft': { title: 'Move the cursor left', shortcut: 'shift+ArrowLeft', scope: 'traces' },
  'traces.cursorRight': { title: 'Move the cursor right', shortcut: 'shift+ArrowRight', scope: 'traces' },
  'traces.cursorUp': { title: 'Read the channel above', shortcut: 'shift+ArrowUp', scope: 'traces' },
  'traces.cursorDown': { title: 'Read the channel below', shortcut: 'shift+ArrowDown', scope: 'traces' },
  'traces.mark': { title: 'Measure from here', shortcut: 'm', scope: 'traces' },
  'traces.autoGain': { title: 'Fit the gain to the data', shortcut: 'g', scope: 'traces' },
  'traces.band': { title: 'Next band: raw, LFP, spikes, custom', shortcut: 'n', scope: 'traces' },
  'traces.reference': { title: 'Next reference: none, median, average', shortcut: 'r', scope: 'traces' },
  'traces.bookmark': { title: 'Set a bookmark', shortcut: 'b', scope: 'traces' },
  'traces.figure': { title: 'Make a figure', shortcut: 'f', scope: 'traces' },
  'traces.table': { title: 'Show the values as a table', shortcut: 't', scope: 'traces' },
  'documents.graph': { title: 'Show the dependency graph of the document', shortcut: 'g', scope: 'documents' },
  'edit.undo': { title: 'Undo', shortcut: 'mod+z', menu: 'edit' },
  'edit.redo': { title: 'Redo', shortcut: 'mod+shift+z', menu: 'edit' },
  'edit.history': { title: 'History of changes', menu: 'edit' },
  'document.new': { title: 'New document…', shortcut: 'mod+alt+n', menu: 'edit' },
  'document.grid': { title: 'Edit many documents in a table…', shortcut: 'mod+alt+t', menu: 'edit' },
  'metadata.describe': { title: 'Describe the dataset…', menu: 'edit' },
  'metadata.store': { title: 'Store what is new', shortcut: 'mod+Enter', menu: 'edit' },
  'document.edit': { title: 'Edit the document', shortcut: 'e', scope: 'documents' },
  'document.duplicate': { title: 'Duplicate the document', shortcut: 'mod+d', scope: 'documents' },
  'document.remove': { title: 'Remove the document…', shortcut: 'mod+Backspace', scope: 'documents' },
  'grid.fillDown': { title: 'Fill down', shortcut: 'mod+d', scope: 'grid' },
  'documents.filter': { title: 'Filter the documents', shortcut: '/', scope: 'documents' },
} as const satisfies Record<string, CommandDeclaration>;

export type CommandId = keyof typeof commandTable;

import { useComputedColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import type { CommandNames } from '../../shared/contract/host.ts';
import { showCitation } from '../components/citation/show-citation.tsx';
import { useAddCommands } from './add-commands.ts';
import { copyItem } from './copy-item.ts';
import { focusedView } from './key-bindings.ts';
import { choosePath } from '../components/path-dialog/choose-path.ts';
import { askToSignIn, isSignedIn, probeAccount, signOut, useAccount } from '../state/account.ts';
import { client } from '../state/client.ts';
import { takeCreationBack } from '../state/creations.ts';
import { useCommand, useCommandNames } from '../state/commands.ts';
import { ownPanelWindow } from '../state/own-window.ts';
import { closeItem, openPath, reloadItem } from '../state/items.ts';
import { turnBack, useEditChanges, useHistory } from '../state/edits.ts';
import { showError, showMessage } from '../state/messages.ts';
import { openPanel, panelPath, usePanels, type OpenPanel } from '../state/panels.ts';
import { changeSettings } from '../state/settings.ts';
import { startTour } from '../state/tour.ts';
import { basename } from '../state/paths.ts';
import { t } from '../texts/translate.ts';

/** The commands that the application carries out, whatever panel is in front. */
export function AppCommands() {
  useOpenCommands();
  useItemCommands();
  useAddCommands();
  useCloudCommands();
  useEditCommands();
  const dark = useComputedColorScheme('light') === 'dark';
  useCommand('theme.toggle', () => void changeSettings({ theme: dark ? 'light' : 'dark' }));
  useCommand('view.start', () => {
    openPanel('start', {});
  });
  useCommand('view.jobs', () => {
    openPanel('jobs', {});
  });
  useCommand('settings.open', () => {
    openPanel('settings', {});
  });
  useCommand('shortcuts.open', () => {
    const view = focusedView();
    openPanel('shortcuts', view === undefined ? {} : { view });
  });
  useCommand('tour.start', startTour, { enabled: ownPanelWindow === null, reason: t('Only in the main window') });
  return globalThis.ndiHost === undefined ? null : <MenuNames />;
}

/** Tells the desktop's menu what undo and redo would do. */
function MenuNames() {
  const names = JSON.stringify(useCommandNames());
  useEffect(() => globalThis.ndiHost?.nameCommands(JSON.parse(names) as CommandNames), [names]);
  return null;
}

function useOpenCommands(): void {
  useCommand('open.folder', () => {
    void chooseAndOpen('folder', t('Open a session, a dataset or a folder of recordings'));
  });
  useCommand('open.file', () => {
    void chooseAndOpen('file', t('Open a recording file'));
  });
  useCommand('session.create', () => {
    void choosePath({ kind: 'folder', title: t('Create a session from a folder'), confirm: t('Look into it') }).then(
      (folder) => {
        if (folder !== null) openPanel('import', { folder });
      },
    );
  });
  useCommand('dataset.create', () => void createDataset());
  useCommand('demo.make', () => void makeDemo());
}

function useCloudCommands(): void {
  const signedIn = useAccount(({ account }) => isSignedIn(account));
  useCommand('cloud.signIn', () => askToSignIn(useAccount.getState().account));
  const whoIsIn = { enabled: signedIn, reason: t('Nobody is signed in') };
  useCommand('cloud.signOut', () => void signOut(), whoIsIn);
  useCommand('cloud.probe', () => void probeAccount(), whoIsIn);
  const changePassword = () =>
    void import('../components/account/change-password.tsx').then((module) => module.changePassword());
  useCommand('cloud.password', changePassword, whoIsIn);
  useCommand('cloud.datasets', () => {
    openPanel('cloud', {});
  });
  useCommand('cloud.transfers', () => {
    openPanel('transfers', {});
  });
}

function useItemCommands(): void {
  const active = usePanels(({ panels, activeId }) => panels.find((panel) => panel.id === activeId));
  const path = active === undefined ? undefined : panelPath(active);
  const options = { enabled: path !== undefined, reason: t('The focused panel shows no session or recording') };
  useCommand('item.close', () => path !== undefined && closeItem(path), options);
  useCommand('session.uncreate', () => path !== undefined && void takeCreationBack(path), options);
  useCommand('item.reload', () => path !== undefined && reloadItem(path), options);
  const place = path === undefined ? undefined : { path, ...sessionOf(active) };
  useCommand('item.clocks', () => place && openPanel('sync', place), options);
  useCommand('timeline.open', () => place && openPanel('timeline', place, { place: 'bottom' }), options);
  useCommand('tables.open', () => place && openPanel('tables', place), options);
  useCommand('item.check', () => path !== undefined && openPanel('maintenance', { path }), options);
  useCommand('item.compare', () => path !== undefined && openPanel('compare', { path }), options);
  useCommand('cloud.upload', () => path !== undefined && openPanel('cloudSync', { path }), options);
  useCommand('cloud.publish', () => path !== undefined && openPanel('publish', { path }), options);
  useCommand('dataset.cite', () => path !== undefined && showCitation({ path }), options);
  useCommand('item.copy', () => path !== undefined && void copyItem(path), options);
}

/** A dataset is named after its folder, as people name folders anyway. */
async function createDataset(): Promise<void> {
  const path = await choosePath({
    kind: 'folder',
    title: t('Choose an empty folder; the dataset gets its name'),
    confirm: t('Make the dataset here'),
  });
  if (path === null) return;
  try {
    await client.datasets.create({ path, reference: basename(path) });
    await openPath(path);
  } catch (thrown) {
    showError(thrown);
  }
}

/** What changes documents, or opens the way to it, for the session or dataset in the focused panel. */
function useEditCommands(): void {
  useEditChanges();
  const active = usePanels(({ panels, activeId }) => panels.find((panel) => panel.id === activeId));
  const path = active === undefined ? undefined : panelPath(active);
  const history = useHistory(path);
  const nothing = { reason: t('Nothing was changed here since the application was started') };
  useCommand('edit.undo', () => undoHere(path, 'undo'), {
    ...{ enabled: (history?.undo ?? null) !== null, ...nothing },
    title: history?.undo ? t('Undo: {{title}}', { title: history.undo.title }) : undefined,
  });
  useCommand('edit.redo', () => undoHere(path, 'redo'), {
    ...{ enabled: (history?.redo ?? null) !== null, ...nothing },
    title: history?.redo ? t('Redo: {{title}}', { title: history.redo.title }) : undefined,
  });
  const options = { enabled: path !== undefined, reason: t('The focused panel shows no session or dataset') };
  useCommand('edit.history', () => path !== undefined && openPanel('history', { path }, { place: 'right' }), options);
  const place = path === undefined ? undefined : { path, ...sessionOf(active) };
  useCommand('metadata.describe', () => path !== undefined && openPanel('metadata', { path }), options);
  useCommand('document.new', () => place !== undefined && openPanel('record', place), options);
  useCommand('document.grid', () => place !== undefined && openPanel('grid', place), options);
}

function undoHere(path: string | undefined, direction: 'undo' | 'redo'): void {
  const field = document.activeElement;
  if (field instanceof HTMLElement && field.matches('input, textarea')) {
    // A menu's command must not reach past the text field that has the focus.
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else reaches a field's own history
    document.execCommand(direction);
  } else if (path !== undefined) {
    void turnBack(path, direction);
  }
}

function sessionOf(panel: OpenPanel | undefined): { sessionId?: string } {
  const params = (panel?.params ?? {}) as { sessionId?: string; source?: { sessionId?: string } };
  const sessionId = params.sessionId ?? params.source?.sessionId;
  return sessionId === undefined ? {} : { sessionId };
}

async function chooseAndOpen(kind: 'folder' | 'file', title: string): Promise<void> {
  const path = await choosePath({ kind, title, confirm: t('Open') });
  if (path !== null) await openPath(path);
}

/** Writes the sample session into the folder that the services propose, opens it, and starts the tour on it. */
async function makeDemo(): Promise<void> {
  try {
    const { folder } = await client.demo.suggestFolder();
    showMessage({ title: t('Making a sample session…'), text: t('It is written to {{folder}}', { folder }) });
    const { info } = await client.demo.make({ folder });
    if (await openPath(info.path)) startTour();
  } catch (thrown) {
    showError(thrown, [{ label: t('Choose a folder…'), run: () => void makeDemoElsewhere() }]);
  }
}

async function makeDemoElsewhere(): Promise<void> {
  const folder = await choosePath({
    kind: 'folder',
    title: t('Choose an empty folder for the sample session'),
    confirm: t('Make it here'),
  });
  if (folder === null) return;
  try {
    const { info } = await client.demo.make({ folder });
    if (await openPath(info.path)) startTour();
  } catch (thrown) {
    showError(thrown);
  }
}

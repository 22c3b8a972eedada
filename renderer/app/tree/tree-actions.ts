import type { ContextMenuGroup, ContextMenuItem } from '../../components/context-menu.tsx';
import { addChosen } from '../add-commands.ts';
import { isSignedIn, useAccount } from '../../state/account.ts';
import { closeItem, openPath, reloadItem } from '../../state/items.ts';
import { openEpoch } from '../../state/open-epoch.ts';
import { openPanel, type OpenPanelOptions } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';
import type { TreeRow } from './tree-model.ts';

/** What Enter or a double click does on a node; undefined where it only opens and closes. */
export function mainAction(row: TreeRow, options: OpenPanelOptions = {}): (() => void) | undefined {
  const { path, sessionId } = row;
  const session = sessionId === undefined ? {} : { sessionId };
  switch (row.kind) {
    case 'session':
    case 'dataset':
      return () => openPanel('session', { path, ...session }, options);
    case 'recording':
      return () => openPanel('traces', { source: { path } }, options);
    case 'unknown':
      return () => void openPath(path);
    case 'epoch':
      return () => openEpoch(sourceOf(row), row, options);
    case 'class':
      return () =>
        openPanel(
          'documents',
          { path, ...session, ...(row.className === undefined ? {} : { class: row.className }) },
          options,
        );
    case 'daq':
    case 'probe':
    case 'subject': {
      const { documentId } = row;
      return documentId === undefined
        ? undefined
        : () => openPanel('documents', { path, ...session, documentId }, options);
    }
    case 'group':
    case 'note':
      return undefined;
  }
}

/** What the space bar does: shows the node beside the tree, which keeps the focus. Undefined where there is nothing. */
export function previewAction(row: TreeRow): (() => void) | undefined {
  return row.kind === 'unknown' ? undefined : mainAction(row, { preview: true });
}

/** The context menu of a node, grouped by topic. */
export function nodeMenu(row: TreeRow): ContextMenuGroup[] {
  const open = mainAction(row);
  const isRoot = row.isRoot === true;
  const first: ContextMenuItem[] =
    open !== undefined
      ? [{ label: openLabel(row), run: open }]
      : row.kind === 'probe'
        ? [{ label: openLabel(row), run: nothing, disabledReason: t('It is known from the maps of epochs only') }]
        : [];
  if (row.kind === 'epoch') {
    first.push({
      label: row.images === true ? t('Show the frames to the right') : t('Show the traces to the right'),
      run: () => openEpoch(sourceOf(row), row, { place: 'right', another: true }),
    });
  }
  if (row.kind === 'session' || row.kind === 'dataset') {
    const session = row.sessionId === undefined ? {} : { sessionId: row.sessionId };
    first.push({ label: t('Browse the documents'), run: () => openPanel('documents', { path: row.path, ...session }) });
  }
  return [
    first,
    addItems(row),
    wholeItems(row),
    [{ label: t('Copy the name'), run: () => copy(row.label) }, ...copyItems(row)],
    isRoot
      ? [
          { label: t('Read again from disk'), run: () => reloadItem(row.path) },
          { label: t('Close'), run: () => closeItem(row.path) },
        ]
      : [],
  ];
}

/** What comes to a session or dataset; one that lies in a dataset's database has no folder to which anything could come. */
function addItems({ kind, path, sessionId }: TreeRow): ContextMenuItem[] {
  if (kind !== 'session' && kind !== 'dataset') return [];
  const reason = sessionId === undefined ? {} : { disabledReason: t('It lies in the database of its dataset') };
  return [
    { label: t('Add a folder of recordings…'), run: () => void addChosen(path, 'folder'), ...reason },
    { label: t('Add a recording or a table…'), run: () => void addChosen(path, 'file'), ...reason },
  ];
}

/** What is done with the whole of a session or dataset: those that a dataset holds go with it. */
function wholeItems({ kind, path, sessionId }: TreeRow): ContextMenuItem[] {
  if (kind !== 'session' && kind !== 'dataset') return [];
  const goesAlong = sessionId === undefined ? {} : { disabledReason: t('It is done with the whole dataset') };
  const offline = isSignedIn(useAccount.getState().account)
    ? {}
    : { disabledReason: t('Sign in to NDI Cloud first, at the top of the window') };
  return [
    { label: t('Check and repair…'), run: () => openPanel('maintenance', { path }), ...goesAlong },
    { label: t('Compare with…'), run: () => openPanel('compare', { path }), ...goesAlong },
    { label: t('Copy to NDI Cloud…'), run: () => openPanel('cloudSync', { path }), ...offline, ...goesAlong },
    { label: t('Publish…'), run: () => openPanel('publish', { path }), ...offline, ...goesAlong },
  ];
}

function nothing(): void {}

function openLabel(row: TreeRow): string {
  switch (row.kind) {
    case 'epoch':
    case 'recording':
      return row.images === true ? t('Show the frames') : t('Show the traces');
    case 'class':
      return t('Show these documents');
    case 'daq':
    case 'probe':
    case 'subject':
      return t('Show the document');
    case 'session':
    case 'dataset':
    case 'unknown':
    case 'group':
    case 'note':
      return t('Open');
  }
}

function copyItems(row: TreeRow): ContextMenuItem[] {
  const id = row.documentId ?? row.epochId;
  return [
    ...(id === undefined ? [] : [{ label: t('Copy the id'), run: () => copy(id) }]),
    ...(row.isRoot === true ? [{ label: t('Copy the path'), run: () => copy(row.path) }] : []),
  ];
}

function sourceOf({ path, sessionId, device, epochId }: TreeRow) {
  return {
    path,
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(device === undefined ? {} : { device }),
    ...(epochId === undefined ? {} : { epoch: epochId }),
  };
}

function copy(text: string): void {
  void navigator.clipboard.writeText(text);
}

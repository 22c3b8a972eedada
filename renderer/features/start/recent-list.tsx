import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPin, IconPinFilled, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Recent } from '../../../shared/contract/sessions.ts';
import { CopyState } from '../../components/copy-state/copy-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { choosePath } from '../../components/path-dialog/choose-path.ts';
import { openPath } from '../../state/items.ts';
import { basename, dirname } from '../../state/paths.ts';
import { pinRecent, refreshRecents, removeRecent, useRecents } from '../../state/recents.ts';
import { formatDate, plural, t } from '../../texts/translate.ts';
import classes from './start-page.module.css';

/** Shown before anybody asks for more. */
const FIRST = 5;

/** What was opened lately. Pinned entries stay on top; missing ones are grey and can be located or removed. */
export function RecentList() {
  const { recents, error } = useRecents();
  const [all, setAll] = useState(false);
  if (recents === null) {
    return error === null ? <LoadingState /> : <ErrorState error={error} onRetry={() => void refreshRecents()} />;
  }
  if (recents.length === 0) return <p className={classes.hint}>{t('What you open will stand here.')}</p>;
  const shown = all ? recents : recents.slice(0, FIRST);
  return (
    <>
      <ul className={classes.recents}>
        {shown.map((recent) => (
          <RecentLine key={recent.path} recent={recent} />
        ))}
      </ul>
      {recents.length > FIRST && (
        <Button variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? t('Show fewer') : plural(recents.length - FIRST, 'Show {{count}} more', 'Show {{count}} more')}
        </Button>
      )}
    </>
  );
}

function RecentLine({ recent }: { readonly recent: Recent }) {
  const { path, pinned, missing } = recent;
  const name = recent.reference === '' ? basename(path) : recent.reference;
  const pinLabel = pinned ? t('Unpin “{{name}}”', { name }) : t('Pin “{{name}}”', { name });
  const removeLabel = t('Remove “{{name}}” from this list', { name });
  return (
    <li className={classes.recent} data-missing={missing}>
      {missing ? (
        <span className={classes.recentName}>
          <RecentWords recent={recent} name={name} />
        </span>
      ) : (
        <button type="button" className={classes.recentName} onClick={() => void openPath(path)}>
          <RecentWords recent={recent} name={name} />
        </button>
      )}
      {!missing && (recent.kind === 'session' || recent.kind === 'dataset') && <CopyState path={path} />}
      {missing && (
        <Button variant="default" onClick={() => void locate(recent, name)}>
          {t('Locate…')}
        </Button>
      )}
      <Tooltip label={pinLabel}>
        <ActionIcon aria-label={pinLabel} aria-pressed={pinned} onClick={() => void pinRecent(path, !pinned)}>
          {pinned ? <IconPinFilled size={16} aria-hidden /> : <IconPin size={16} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label={removeLabel}>
        <ActionIcon aria-label={removeLabel} onClick={() => void removeRecent(path)}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

function RecentWords({ recent, name }: { readonly recent: Recent; readonly name: string }) {
  const kinds = { session: t('session'), dataset: t('dataset'), recording: t('recording'), folder: t('folder') };
  return (
    <>
      <strong translate="no">{name}</strong>
      <small>
        {recent.missing ? t('not found') : kinds[recent.kind]} ·{' '}
        <time dateTime={recent.openedAt}>{formatDate(recent.openedAt)}</time>
      </small>
      <small translate="no" title={recent.path}>
        {recent.path}
      </small>
    </>
  );
}

/** Asks where a missing item is now; the new place takes the old one's in the list. */
async function locate({ path, kind, pinned }: Recent, name: string): Promise<void> {
  const found = await choosePath({
    kind: kind === 'recording' ? 'file' : 'folder',
    title: t('Where is “{{name}}” now?', { name }),
    confirm: t('Open'),
    reason: t('It was at {{path}}.', { path }),
    startIn: dirname(dirname(path)),
  });
  if (found === null || !(await openPath(found))) return;
  await removeRecent(path);
  if (pinned) await pinRecent(found, true);
}

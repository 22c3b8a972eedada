import { Autocomplete, Button } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../texts/translate.ts';
import { dirname } from '../../state/paths.ts';
import type { PathRequest } from './choose-path.ts';
import { EntryList } from './entry-list.tsx';
import { PathCrumbs } from './path-crumbs.tsx';
import classes from './path-dialog.module.css';
import { useFolder, type FolderListing } from './use-folder.ts';

interface PathBrowserProps {
  readonly request: PathRequest;
  readonly onAnswer: (path: string | null) => void;
}

/** The last folder that was looked at: the next dialog starts there. */
let lastFolder: string | undefined;

function rememberFolder(path: string): void {
  lastFolder = path;
}

/** Places, the way to the folder, a field to type a path into, and the folder's entries. */
export function PathBrowser({ request, onAnswer }: PathBrowserProps) {
  const [folder, setFolder] = useState<string | undefined>(request.startIn ?? lastFolder);
  const { listing, error, loading } = useFolder(folder, request.kind === 'file');
  const [typed, setTyped] = useState<string>();
  const [chosen, setChosen] = useState<string>();

  const go = (path: string) => {
    rememberFolder(path);
    setFolder(path);
    setTyped(undefined);
    setChosen(undefined);
  };
  const answer = typed ?? chosen ?? (request.kind === 'folder' ? listing?.path : undefined);
  const take = () => {
    if (answer === undefined) return;
    rememberFolder(request.kind === 'folder' ? answer : dirname(answer));
    onAnswer(answer);
  };

  return (
    <form
      className={classes.browser}
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      {request.reason !== undefined && <p className={classes.reason}>{request.reason}</p>}
      <PathField
        value={typed ?? chosen ?? listing?.path ?? ''}
        listing={listing}
        error={error?.message}
        onType={(text) => {
          setTyped(text);
          // A typed separator at the end means: show me what is in there, and complete from it.
          if (/.[/\\]$/.test(text)) {
            setFolder(text);
          }
        }}
      />
      <div className={classes.columns}>
        <nav className={classes.places} aria-label={t('Places')}>
          {(listing?.places ?? []).map((place) => (
            <button key={place.path} type="button" onClick={() => go(place.path)}>
              {t(place.name)}
            </button>
          ))}
        </nav>
        <div className={classes.content}>
          {listing !== null && <PathCrumbs path={listing.path} onGo={go} />}
          <EntryList
            listing={listing}
            loading={loading}
            kind={request.kind}
            onSelect={(entry) => {
              setTyped(undefined);
              setChosen(entry.folder && request.kind === 'file' ? undefined : entry.path);
            }}
            onOpen={(entry) => {
              if (entry.folder) go(entry.path);
              else onAnswer(entry.path);
            }}
            onUp={() => {
              if (listing !== null && listing.parent !== null) go(listing.parent);
            }}
          />
        </div>
      </div>
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => onAnswer(null)}>
          {t('Cancel')}
        </Button>
        <Button type="submit" disabled={answer === undefined || answer === ''}>
          {request.confirm}
        </Button>
      </div>
    </form>
  );
}

interface PathFieldProps {
  readonly value: string;
  readonly listing: FolderListing | null;
  readonly error: string | undefined;
  readonly onType: (text: string) => void;
}

/** A path can be typed; the entries of the folder complete it. */
function PathField({ value, listing, error, onType }: PathFieldProps) {
  return (
    <Autocomplete
      label={t('Path')}
      value={value}
      data={[...new Set((listing?.entries ?? []).map((entry) => entry.path))]}
      filter={({ options, search }) =>
        options.filter(
          (option) =>
            'value' in option && option.value !== search && option.value.toLowerCase().startsWith(search.toLowerCase()),
        )
      }
      limit={50}
      onChange={onType}
      error={error}
      spellCheck={false}
      size="xs"
      comboboxProps={{ shadow: 'md' }}
    />
  );
}

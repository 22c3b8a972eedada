import { useEffect, useState } from 'react';
import type { CallOutputs } from '../../../shared/contract/contract.ts';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { client } from '../../state/client.ts';

export type FolderListing = CallOutputs['folders']['list'];

interface FolderState {
  /** The last folder that could be read: it stays in view while the next one loads or fails. */
  readonly listing: FolderListing | null;
  readonly error: NdiError | null;
  readonly loading: boolean;
}

/** The last answer and what was asked for it. */
interface Answer extends Omit<FolderState, 'loading'> {
  readonly key: string | null;
}

/** The entries of a folder on the machine of the services; without a path those of the home folder. */
export function useFolder(path: string | undefined, files: boolean): FolderState {
  const key = `${path ?? ''}\0${files}`;
  const [state, setState] = useState<Answer>({ key: null, listing: null, error: null });
  useEffect(() => {
    const controller = new AbortController();
    client.folders
      .list({ ...(path === undefined ? {} : { path }), files }, { signal: controller.signal })
      .then((listing) => {
        if (!controller.signal.aborted) setState({ key, listing, error: null });
      })
      .catch((thrown: unknown) => {
        if (!controller.signal.aborted) {
          setState((before) => ({ key, listing: before.listing, error: toNdiError(thrown) }));
        }
      });
    return () => {
      controller.abort();
    };
  }, [path, files, key]);
  return { listing: state.listing, error: state.error, loading: state.key !== key };
}

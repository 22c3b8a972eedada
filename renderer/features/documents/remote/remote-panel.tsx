import { useState } from 'react';
import { type PanelParams, type RemotePlace, usePanelTitle } from '../../../state/panels.ts';
import { t } from '../../../texts/translate.ts';
import classes from '../documents.module.css';
import { RemoteDetail } from './remote-detail.tsx';

/** A document in the cloud in a panel of its own: links in it lead on in the same panel. */
export function RemotePanel({ params }: { readonly params: PanelParams['remoteDocument'] }) {
  const [place, setPlace] = useState<RemotePlace>(params);
  usePanelTitle(t('Document in NDI Cloud'));
  return (
    <div className={classes.panel}>
      <RemoteDetail place={place} onVisit={setPlace} />
    </div>
  );
}

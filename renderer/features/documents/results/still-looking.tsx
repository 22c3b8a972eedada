import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../../../texts/translate.ts';
import classes from '../documents.module.css';

/** Most answers come before anybody wonders. */
const SHOWS_AFTER_MS = 700;

/** A question that takes long, and the way to give it up. */
export function StillLooking({ onStop }: { readonly onStop: () => void }) {
  const [shows, setShows] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShows(true), SHOWS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shows) return null;
  return (
    <div className={classes.indexing} role="status">
      {t('Still looking…')}{' '}
      <Button size="compact-xs" variant="default" onClick={onStop}>
        {t('Stop')}
      </Button>
    </div>
  );
}

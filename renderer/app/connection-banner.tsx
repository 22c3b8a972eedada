import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { reconnectNow, useConnection } from '../state/connection.ts';
import { t } from '../texts/translate.ts';
import classes from './bars.module.css';

/** Tells quietly that the data process is away; the window stays as it is and the connection is tried again. */
export function ConnectionBanner() {
  const status = useConnection((state) => state.status);
  return (
    <div role="status">
      {status === 'lost' && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={16} aria-hidden />
          <span>{t('The data process is not reachable – trying again')}</span>
          <Button variant="default" onClick={reconnectNow}>
            {t('Try now')}
          </Button>
        </div>
      )}
    </div>
  );
}

import { Button, Checkbox, TextInput } from '@mantine/core';
import type { SyncPlanView } from '../../../../shared/contract/cloud-sync.ts';
import { plural, t } from '../../../texts/translate.ts';
import classes from '../cloud-sync.module.css';

interface DeletionsProps {
  readonly plan: SyncPlanView;
  readonly count: number;
  /** Agreed to by the name of the dataset. */
  readonly typed: boolean;
  readonly agreed: string;
  readonly onAgree: (agreed: string) => void;
  readonly onShow: (action: 'delete-here' | 'delete-there') => void;
}

/** Deletions are apart and off: a tick for few, the name of the dataset for many. */
export function Deletions({ plan, count, typed, agreed, onAgree, onShow }: DeletionsProps) {
  const show = (action: 'delete-here' | 'delete-there', text: string) =>
    plan.totals[action].documents > 0 && (
      <Button key={action} size="compact-sm" variant="default" onClick={() => onShow(action)}>
        {text}
      </Button>
    );
  return (
    <section className={classes.deletions} aria-label={t('Deletions')}>
      <strong>
        {count === 0
          ? t('Everything here that the cloud does not have would be deleted.')
          : plural(count, 'The plan deletes {{count}} document.', 'The plan deletes {{count}} documents.')}{' '}
        {t('In the cloud they can be had back for seven days; here they stay in the history.')}
      </strong>
      <div className={classes.consent}>
        {typed ? (
          <TextInput
            label={t('To agree, type the name of the dataset: {{name}}', { name: plan.datasetName })}
            value={agreed}
            onChange={(event) => onAgree(event.currentTarget.value)}
            w={360}
            maw="100%"
          />
        ) : (
          <Checkbox
            label={t('Delete them')}
            checked={agreed !== ''}
            onChange={(event) => onAgree(event.currentTarget.checked ? 'yes' : '')}
          />
        )}
        {show('delete-here', t('Show those deleted here'))}
        {show('delete-there', t('Show those deleted in the cloud'))}
      </div>
    </section>
  );
}

import { TextInput } from '@mantine/core';
import { useAccount } from '../../../state/account.ts';
import { t } from '../../../texts/translate.ts';
import classes from '../cloud-sync.module.css';

interface FirstUploadProps {
  readonly name: string;
  readonly onName: (name: string) => void;
}

/** Where the first upload goes, and who sees it there. */
export function FirstUpload({ name, onName }: FirstUploadProps) {
  const account = useAccount((state) => state.account);
  const organization = account?.organization?.name ?? '';
  return (
    <div className={classes.first}>
      <TextInput
        label={t('Name in NDI Cloud')}
        value={name}
        onChange={(event) => onName(event.currentTarget.value)}
        w={320}
        maw="100%"
      />
      <p>
        {organization === ''
          ? t('It becomes a dataset of your organization.')
          : t('It becomes a dataset of {{organization}} on {{server}}.', {
              organization,
              server: account?.serverName ?? '',
            })}{' '}
        {t('Only your organization sees it until it is published.')}
      </p>
    </div>
  );
}

import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { Account } from '../../../shared/contract/cloud.ts';
import { chooseOrganization } from '../../state/account.ts';
import { client } from '../../state/client.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';

/** The organizations of an account, to change over; nothing where it has only one, or they cannot be asked for now. */
export function OrganizationItems({ account }: { readonly account: Account }) {
  const answer = useAnswer(`cloud.organizations ${account.profile}`, (signal) =>
    client.cloud.organizations(undefined, { signal }),
  );
  if (answer.status !== 'ready' || answer.value.length < 2) return null;
  return (
    <>
      <Menu.Label>{t('Organization')}</Menu.Label>
      {answer.value.map(({ id, label }) => {
        const current = id === account.organization?.id;
        return (
          <Menu.Item
            key={id}
            translate="no"
            aria-current={current ? 'true' : undefined}
            leftSection={current ? <IconCheck size={16} aria-hidden /> : <span style={{ width: 16 }} />}
            onClick={() => void chooseOrganization(id)}
          >
            {label}
          </Menu.Item>
        );
      })}
    </>
  );
}

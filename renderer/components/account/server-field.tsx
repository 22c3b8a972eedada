import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { t } from '../../texts/translate.ts';
import type { StepProps } from './sign-in-step.ts';

/** Addresses of the two services that NDI runs, as the services name them too. */
const known = ['production', 'development'];

/** Which server: NDI's own two, or an address. */
export function ServerField({ draft, onDraft }: Pick<StepProps, 'draft' | 'onDraft'>) {
  const [kind, setKind] = useState(kindOf(draft.server));
  const choices = [
    { value: 'production', label: t('NDI Cloud') },
    { value: 'development', label: t('NDI Cloud, development') },
    { value: 'other', label: t('Another server') },
  ];
  return (
    <>
      <Select
        label={t('Server')}
        data={choices}
        allowDeselect={false}
        value={kind}
        onChange={(value) => {
          setKind(value ?? 'production');
          onDraft({ ...draft, server: value === 'other' || value === null ? '' : value });
        }}
      />
      {kind === 'other' && (
        <TextInput
          label={t('Address of the server')}
          placeholder="http://127.0.0.1:8787/v1"
          required
          value={draft.server}
          onChange={(event) => onDraft({ ...draft, server: event.currentTarget.value })}
        />
      )}
    </>
  );
}

function kindOf(server: string): string {
  if (server === '' || server === 'https://api.ndi-cloud.com/v1') return 'production';
  if (server === 'https://dev-api.ndi-cloud.com/v1') return 'development';
  return known.includes(server) ? server : 'other';
}

import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../state/client.ts';
import { t } from '../../texts/translate.ts';
import classes from './account.module.css';
import { EmailField, FormError, NewPasswordField, StepLink } from './form-parts.tsx';
import { ServerField } from './server-field.tsx';
import type { StepProps } from './sign-in-step.ts';
import { submits, useSubmit } from './use-submit.ts';

/** A new account; it has to be confirmed by a code that comes by mail. */
export function CreateForm({ draft, onDraft, onStep }: StepProps) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, error, submit } = useSubmit();
  const create = async () => {
    await client.cloud.createAccount({ ...draft, name, password });
    onStep('confirm');
  };
  return (
    <form className={classes.form} onSubmit={submits(() => submit(create))}>
      <EmailField draft={draft} onDraft={onDraft} />
      <TextInput
        label={t('Name')}
        autoComplete="name"
        required
        minLength={2}
        maxLength={50}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NewPasswordField label={t('Password')} value={password} onChange={setPassword} />
      <ServerField draft={draft} onDraft={onDraft} />
      <FormError error={error} />
      <div className={classes.actions}>
        <StepLink to="signIn" label={t('Back to signing in')} onStep={onStep} />
        <Button type="submit" loading={busy}>
          {t('Make the account')}
        </Button>
      </div>
    </form>
  );
}

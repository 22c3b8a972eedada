import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../state/client.ts';
import { showMessage } from '../../state/messages.ts';
import { t } from '../../texts/translate.ts';
import classes from './account.module.css';
import { EmailField, FormError, NewPasswordField, StepLink } from './form-parts.tsx';
import { ServerField } from './server-field.tsx';
import type { StepProps } from './sign-in-step.ts';
import { submits, useSubmit } from './use-submit.ts';

/** A forgotten password: a code is sent by mail, and with it another one is set. */
export function PasswordForm({ draft, onDraft, onStep }: StepProps) {
  const [sent, setSent] = useState(false);
  const [code, setCode] = useState('');
  const [password, setPassword] = useState('');
  const { busy, error, submit } = useSubmit();
  const send = async () => {
    await client.cloud.forgotPassword(draft);
    setSent(true);
  };
  const reset = async () => {
    await client.cloud.resetPassword({ ...draft, code: code.trim(), password });
    showMessage({ title: t('The password was replaced'), text: t('Sign in with the new one.') });
    onStep('signIn');
  };
  // Whether an address has an account is nobody's business: the next step is the same.
  const sendIt = () => submit(send, ({ code: failure }) => failure === 'auth.credentials' && neutral());
  const neutral = () => {
    setSent(true);
    return true;
  };
  return (
    <form className={classes.form} onSubmit={submits(sent ? () => submit(reset) : sendIt)}>
      <EmailField draft={draft} onDraft={onDraft} />
      {!sent && <ServerField draft={draft} onDraft={onDraft} />}
      {sent && (
        <>
          <p className={classes.quiet}>{t('If there is an account with this address, a code is on its way to it.')}</p>
          <TextInput
            label={t('Code')}
            autoComplete="one-time-code"
            required
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <NewPasswordField label={t('New password')} value={password} onChange={setPassword} />
        </>
      )}
      <FormError error={error} />
      <div className={classes.actions}>
        <StepLink to="signIn" label={t('Back to signing in')} onStep={onStep} />
        <Button type="submit" loading={busy}>
          {sent ? t('Replace the password') : t('Send a code')}
        </Button>
      </div>
    </form>
  );
}

import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../state/client.ts';
import { showMessage } from '../../state/messages.ts';
import { t } from '../../texts/translate.ts';
import classes from './account.module.css';
import { FormError, StepLink } from './form-parts.tsx';
import type { StepProps } from './sign-in-step.ts';
import { submits, useSubmit } from './use-submit.ts';

/** The code that confirms a new account. */
export function ConfirmForm({ draft, onStep }: StepProps) {
  const [code, setCode] = useState('');
  const { busy, error, submit } = useSubmit();
  const confirm = async () => {
    await client.cloud.confirmAccount({ ...draft, code: code.trim() });
    showMessage({ title: t('The account is confirmed'), text: t('Sign in with your password.') });
    onStep('signIn');
  };
  const resend = async () => {
    await client.cloud.resendCode(draft);
    showMessage({ title: t('A new code is on its way to {{email}}', { email: draft.email }) });
  };
  return (
    <form className={classes.form} onSubmit={submits(() => submit(confirm))}>
      <p className={classes.quiet}>{t('A message with a code was sent to {{email}}.', { email: draft.email })}</p>
      <TextInput
        label={t('Code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        data-autofocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
      <FormError error={error} />
      <div className={classes.actions}>
        <span>
          <StepLink to="signIn" label={t('Back to signing in')} onStep={onStep} />
          <Button variant="subtle" size="compact-sm" onClick={() => submit(resend)}>
            {t('Send a new code')}
          </Button>
        </span>
        <Button type="submit" loading={busy}>
          {t('Confirm the account')}
        </Button>
      </div>
    </form>
  );
}

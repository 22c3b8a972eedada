import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../state/client.ts';
import { showMessage } from '../../state/messages.ts';
import { t } from '../../texts/translate.ts';
import { modals } from '../modals.ts';
import classes from './account.module.css';
import { FormError, NewPasswordField } from './form-parts.tsx';
import { submits, useSubmit } from './use-submit.ts';

/** Asks for the old and the new password of who is signed in. */
export function changePassword(): void {
  const id = modals.open({
    title: t('Change the password'),
    closeButtonProps: { 'aria-label': t('Close') },
    children: <ChangePasswordForm onDone={() => modals.close(id)} />,
  });
}

function ChangePasswordForm({ onDone }: { readonly onDone: () => void }) {
  const [before, setBefore] = useState('');
  const [password, setPassword] = useState('');
  const { busy, error, submit } = useSubmit();
  const change = async () => {
    await client.cloud.changePassword({ oldPassword: before, newPassword: password });
    showMessage({ tone: 'success', title: t('The password was changed') });
    onDone();
  };
  return (
    <form className={classes.form} onSubmit={submits(() => submit(change))}>
      <PasswordInput
        label={t('Password until now')}
        autoComplete="current-password"
        required
        data-autofocus
        value={before}
        onChange={(event) => setBefore(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('Show or hide the password'), tabIndex: 0 }}
      />
      <NewPasswordField label={t('New password')} value={password} onChange={setPassword} />
      <FormError error={error} />
      <div className={classes.actions}>
        <Button variant="default" onClick={onDone}>
          {t('Cancel')}
        </Button>
        <Button type="submit" loading={busy}>
          {t('Change the password')}
        </Button>
      </div>
    </form>
  );
}

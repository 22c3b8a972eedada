import { Button, Checkbox, PasswordInput, Select } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../state/client.ts';
import { showMessage } from '../../state/messages.ts';
import { t } from '../../texts/translate.ts';
import classes from './account.module.css';
import { EmailField, FormError, StepLink } from './form-parts.tsx';
import { ServerField } from './server-field.tsx';
import type { StepProps } from './sign-in-step.ts';
import { submits, useSubmit } from './use-submit.ts';

interface Organization {
  readonly value: string;
  readonly label: string;
}

/** E-mail address and password, and the organization where an account has several. */
export function SignInForm({ draft, onDraft, onStep, onDone }: StepProps & { readonly onDone: () => void }) {
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(true);
  const [organizations, setOrganizations] = useState<readonly Organization[]>([]);
  const [organizationId, setOrganizationId] = useState<string | null>(null);
  const { busy, error, submit } = useSubmit();

  const signIn = async () => {
    const chosen = organizationId === null ? {} : { organizationId };
    const server = draft.server === '' ? 'production' : draft.server;
    const account = await client.cloud.signIn({ email: draft.email, password, server, remember, ...chosen });
    showMessage({
      title: t('Signed in as {{email}}', { email: account.email }),
      ...(account.kept ? {} : { text: t('This computer keeps no keys: you will be asked again after a restart.') }),
    });
    onDone();
  };
  const onSubmit = () =>
    submit(signIn, ({ code, details }) => {
      if (code === 'auth.unconfirmed') onStep('confirm');
      if (code === 'auth.chooseOrganization') {
        const ids = details['organizationIds'] as readonly string[];
        const labels = details['organizationLabels'] as readonly string[];
        setOrganizations(ids.map((value, i) => ({ value, label: labels[i] ?? value })));
        setOrganizationId(ids[0] ?? null);
      }
      return code === 'auth.unconfirmed' || code === 'auth.chooseOrganization';
    });

  return (
    <form className={classes.form} onSubmit={submits(onSubmit)}>
      <EmailField draft={draft} onDraft={onDraft} />
      <PasswordInput
        label={t('Password')}
        autoComplete="current-password"
        required
        data-autofocus={draft.email === '' ? undefined : true}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('Show or hide the password'), tabIndex: 0 }}
      />
      <ServerField draft={draft} onDraft={onDraft} />
      {organizations.length > 0 && (
        <Select
          label={t('Organization')}
          description={t('Your account belongs to several. The choice is kept.')}
          data={[...organizations]}
          allowDeselect={false}
          value={organizationId}
          onChange={setOrganizationId}
        />
      )}
      <Checkbox
        label={t('Keep me signed in')}
        description={t('The password is kept where only you can read it, and renews the session, which lasts an hour.')}
        checked={remember}
        onChange={(event) => setRemember(event.currentTarget.checked)}
      />
      <FormError error={error} />
      <div className={classes.actions}>
        <span>
          <StepLink to="password" label={t('Forgot the password?')} onStep={onStep} />
          <StepLink to="create" label={t('Make an account')} onStep={onStep} />
        </span>
        <Button type="submit" loading={busy}>
          {t('Sign in')}
        </Button>
      </div>
    </form>
  );
}

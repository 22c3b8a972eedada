import { Button, PasswordInput, TextInput } from '@mantine/core';
import type { NdiError } from '../../../shared/model/errors.ts';
import { t } from '../../texts/translate.ts';
import classes from './account.module.css';
import type { StepProps } from './sign-in-step.ts';

export function EmailField({ draft, onDraft }: Pick<StepProps, 'draft' | 'onDraft'>) {
  return (
    <TextInput
      label={t('E-mail address')}
      type="email"
      autoComplete="username"
      required
      data-autofocus={draft.email === '' ? true : undefined}
      value={draft.email}
      onChange={(event) => onDraft({ ...draft, email: event.currentTarget.value })}
    />
  );
}

interface NewPasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
}

/** A password that is set: the service wants twelve characters. */
export function NewPasswordField({ label, value, onChange }: NewPasswordFieldProps) {
  return (
    <PasswordInput
      label={label}
      description={t('12 characters or more')}
      autoComplete="new-password"
      required
      minLength={12}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** What went wrong, where it is read: between the fields and the button. */
export function FormError({ error }: { readonly error: NdiError | null }) {
  if (error === null) return null;
  return (
    <p role="alert" className={classes.error}>
      <strong translate="no">{error.message}</strong> <span translate="no">{error.recovery}</span>
    </p>
  );
}

/** A way to another step. */
export function StepLink({
  to,
  label,
  onStep,
}: Pick<StepProps, 'onStep'> & { to: 'signIn' | 'create' | 'password'; label: string }) {
  return (
    <Button variant="subtle" size="compact-sm" onClick={() => onStep(to)}>
      {label}
    </Button>
  );
}

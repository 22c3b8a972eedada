import { Modal } from '@mantine/core';
import { useState } from 'react';
import { endSignIn, useSignInRequest } from '../../state/account.ts';
import { t } from '../../texts/translate.ts';
import { ConfirmForm } from './confirm-form.tsx';
import { CreateForm } from './create-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { SignInForm } from './sign-in-form.tsx';
import type { SignInDraft, SignInStep } from './sign-in-step.ts';

/** The dialog in which people sign in, make an account, confirm it, or replace a forgotten password. */
export function SignInDialog() {
  const asked = useSignInRequest((state) => state.asked);
  const [step, setStep] = useState<SignInStep>('signIn');
  const titles: Record<SignInStep, string> = {
    signIn: t('Sign in to NDI Cloud'),
    create: t('Make an account'),
    confirm: t('Enter the code'),
    password: t('Replace the password'),
  };
  const close = () => {
    endSignIn();
    setStep('signIn');
  };
  return (
    <Modal opened={asked !== null} onClose={close} title={titles[step]} closeButtonProps={{ 'aria-label': t('Close') }}>
      {asked !== null && (
        <Steps key={`${asked.email} ${asked.server}`} asked={asked} step={step} onStep={setStep} onDone={close} />
      )}
    </Modal>
  );
}

interface StepsProps {
  readonly asked: SignInDraft;
  readonly step: SignInStep;
  readonly onStep: (step: SignInStep) => void;
  readonly onDone: () => void;
}

/** One form for each step. */
function Steps({ asked, step, onStep, onDone }: StepsProps) {
  const [draft, setDraft] = useState<SignInDraft>(asked);
  const shared = { draft, onDraft: setDraft, onStep };
  switch (step) {
    case 'signIn':
      return <SignInForm {...shared} onDone={onDone} />;
    case 'create':
      return <CreateForm {...shared} />;
    case 'confirm':
      return <ConfirmForm {...shared} />;
    case 'password':
      return <PasswordForm {...shared} />;
  }
}

/** What the dialog is about at the moment; the way there keeps what was typed. */
export type SignInStep = 'signIn' | 'create' | 'confirm' | 'password';

/** What all steps share. */
export interface SignInDraft {
  readonly email: string;
  readonly server: string;
}

/** What every form gets. */
export interface StepProps {
  readonly draft: SignInDraft;
  readonly onDraft: (draft: SignInDraft) => void;
  readonly onStep: (step: SignInStep) => void;
}

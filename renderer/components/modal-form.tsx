import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { showError } from '../state/messages.ts';
import { t } from '../texts/translate.ts';
import classes from './modal-form.module.css';

interface ModalFormProps {
  readonly children: ReactNode;
  /** Words of the button that does it. */
  readonly agree: string;
  /** Words of the button that leaves everything as it is. */
  readonly leave?: string;
  /** What cannot be taken back is red. */
  readonly grave?: boolean;
  /** Whether what was filled in can be sent. */
  readonly ready: boolean;
  /** Does it; what it throws is told, and the form stays. */
  readonly onSubmit: () => Promise<void>;
  readonly onClose: () => void;
}

/** What a dialog asks for, with the two buttons below it. */
export function ModalForm({ children, agree, leave, grave = false, ready, onSubmit, onClose }: ModalFormProps) {
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await onSubmit();
    } catch (thrown) {
      showError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {children}
      <div className={classes.buttons}>
        <Button variant="default" onClick={onClose}>
          {leave ?? t('Cancel')}
        </Button>
        <Button type="submit" {...(grave ? { color: 'red' } : {})} loading={busy} disabled={!ready}>
          {agree}
        </Button>
      </div>
    </form>
  );
}

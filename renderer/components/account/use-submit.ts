import { useState, type SyntheticEvent } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { NdiError } from '../../../shared/model/errors.ts';

/** A form that asks the services: busy while they work, and what went wrong beside its fields. */
export function useSubmit() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<NdiError | null>(null);
  /** @param handle takes an error for itself by answering true */
  const submit = (work: () => Promise<void>, handle: (error: NdiError) => boolean = () => false) => {
    setBusy(true);
    setError(null);
    void work()
      .catch((thrown: unknown) => {
        const failed = toNdiError(thrown);
        if (!handle(failed)) setError(failed);
      })
      .finally(() => setBusy(false));
  };
  return { busy, error, submit };
}

/** The form's own way of submitting would load the page anew. */
export function submits(work: () => void) {
  return (event: SyntheticEvent) => {
    event.preventDefault();
    work();
  };
}

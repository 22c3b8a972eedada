import { useState, type ChangeEvent, type KeyboardEvent, type ReactNode } from 'react';

interface FieldProps {
  readonly value: string;
  readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

interface EditFieldProps {
  readonly value: string;
  readonly onCommit: (text: string) => void;
  readonly children: (field: FieldProps) => ReactNode;
}

/** A text that counts when it is left or Enter is pressed: one step to undo, however many letters. Escape drops it. */
export function EditField({ value, onCommit, children }: EditFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const text = draft?.trim();
    setDraft(null);
    if (text !== undefined && text !== value) onCommit(text);
  };
  return children({
    value: draft ?? value,
    onChange: (event) => setDraft(event.currentTarget.value),
    onBlur: commit,
    onKeyDown: (event) => {
      if (event.key === 'Escape' && draft !== null) {
        setDraft(null);
        event.stopPropagation();
      }
      if (event.key !== 'Enter') return;
      event.preventDefault();
      commit();
    },
  });
}

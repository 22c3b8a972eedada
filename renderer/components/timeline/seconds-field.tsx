import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface SecondsFieldProps {
  readonly label: string;
  readonly value: number;
  readonly least?: number;
  readonly most?: number;
  readonly onSet: (value: number) => void;
}

/** A time in seconds: Enter or leaving it takes what was typed, Escape gives it up. */
export function SecondsField({ label, value, least = -Infinity, most = Infinity, onSet }: SecondsFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const seconds = typed === null ? value : Number(typed.trim().replace(/\s*s$/, '') || NaN);
  const wrong = !(seconds >= least && seconds <= most);
  const take = () => {
    if (typed !== null && !wrong && seconds !== value) onSet(seconds);
    setTyped(null);
  };
  return (
    <TextInput
      size="xs"
      w={110}
      aria-label={label}
      title={label}
      value={typed ?? String(Number(value.toFixed(6)))}
      error={wrong}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        else if (event.key === 'Escape') setTyped(null);
        else return;
        event.stopPropagation();
      }}
    />
  );
}

import { TextInput, Tooltip } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { t } from '../../texts/translate.ts';
import classes from './trace-toolbar.module.css';

interface TypedFieldProps {
  readonly label: string;
  readonly hint: string;
  /** What stands in the field while nobody types. */
  readonly value: string;
  readonly parse: (text: string) => number | undefined;
  readonly onValue: (value: number) => void;
}

/** A field for a time or a span: Enter or leaving it takes what was typed, Escape gives it up. */
export function TypedField({ label, hint, value, parse, onValue }: TypedFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const wrong = typed !== null && parse(typed) === undefined;
  const take = () => {
    const seconds = typed === null || typed === value ? undefined : parse(typed);
    if (wrong) return;
    if (seconds !== undefined) onValue(seconds);
    setTyped(null);
  };
  // A value that changes while the field has the keyboard loses what was selected: the next key would be added to it.
  useLayoutEffect(() => {
    if (typed === null && document.activeElement === input.current) input.current?.select();
  }, [typed, value]);
  return (
    <label className={classes.field}>
      <span className={classes.word}>{label}</span>
      <Tooltip label={wrong ? t('“{{typed}}” is not understood. {{hint}}', { typed, hint }) : hint}>
        <TextInput
          ref={input}
          aria-label={label}
          w={92}
          value={typed ?? value}
          error={wrong}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={() => (wrong ? setTyped(null) : take())}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
            if (event.key === 'Escape') setTyped(null);
          }}
        />
      </Tooltip>
    </label>
  );
}

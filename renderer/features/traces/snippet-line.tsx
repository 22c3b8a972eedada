import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../state/commands.ts';
import { t } from '../../texts/translate.ts';
import { runSnippet, snippetHelp } from './model/snippets.ts';
import type { TraceStore } from './trace-store.ts';
import classes from './snippet-line.module.css';

/** A line for short commands, opened by a colon: Enter carries one out, Escape closes it. */
export function SnippetLine({ store }: { readonly store: TraceStore }) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const [before, setBefore] = useState<HTMLElement | null>(null);
  useCommand('traces.snippet', () => {
    setBefore(document.activeElement instanceof HTMLElement ? document.activeElement : null);
    setProblem('');
    setTyped('');
  });
  if (typed === null) return null;
  const close = () => {
    setTyped(null);
    before?.focus();
  };
  return (
    <div className={classes.line}>
      <TextInput
        // It was asked for by a key: that is where the next key goes.
        autoFocus
        className={classes.field}
        aria-label={t('Short command')}
        aria-describedby="snippet-help"
        leftSection=":"
        value={typed}
        error={problem === '' ? undefined : problem}
        onChange={(event) => {
          setProblem('');
          setTyped(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') close();
          if (event.key !== 'Enter') return;
          const wrong = typed.trim() === '' ? null : runSnippet(store, typed);
          if (wrong === null) close();
          else setProblem(wrong);
        }}
        onBlur={() => setTyped(null)}
      />
      <span id="snippet-help" className={classes.help}>
        {snippetHelp().map(({ form, says }) => (
          <span key={form}>
            <kbd translate="no">{form}</kbd> {says}
          </span>
        ))}
      </span>
    </div>
  );
}

import { Popover } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { t } from '../../texts/translate.ts';
import classes from './ontology.module.css';
import { TermCard } from './term-card.tsx';
import { useTerm } from './use-term.ts';

/** How long the pointer rests on a chip before its card opens, and may be away before it closes. */
const OPEN_AFTER_MS = 150;
const CLOSE_AFTER_MS = 200;

interface TermChipProps {
  /** `PREFIX:id`, as documents write it. */
  readonly term: string;
  /** What the document calls it; else the name is looked up. */
  readonly name?: string;
}

/** A term of an ontology: its name, and a card with what it means for pointer and keyboard. */
export function TermChip({ term, name = '' }: TermChipProps) {
  const [open, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const cardId = useId();
  useEffect(() => () => clearTimeout(timer.current), []);
  const known = useTerm(term, open || name === '');
  const later = (next: boolean) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setOpen(next), next ? OPEN_AFTER_MS : CLOSE_AFTER_MS);
  };
  const now = (next: boolean) => {
    clearTimeout(timer.current);
    setOpen(next);
  };
  // Wherever the focus is: a card that the pointer opened has it not.
  useEffect(() => {
    if (!open) return;
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      clearTimeout(timer.current);
      setOpen(false);
    };
    document.addEventListener('keydown', close, { capture: true });
    return () => document.removeEventListener('keydown', close, { capture: true });
  }, [open]);
  const label = name === '' ? (known.status === 'ready' ? known.value.name : term) : name;
  const pointer = { onPointerEnter: () => later(true), onPointerLeave: () => later(false) };
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-start"
      shadow="md"
      width={340}
      withinPortal
      withRoles={false}
      trapFocus={false}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.chip}
          aria-expanded={open}
          aria-controls={open ? cardId : undefined}
          aria-label={t('{{name}}, term {{term}}', { name: label, term })}
          onFocus={(event) => {
            if (event.currentTarget.matches(':focus-visible')) now(true);
          }}
          onBlur={() => later(false)}
          onClick={() => now(true)}
          {...pointer}
        >
          <span className={classes.chipName} translate="no">
            {label}
          </span>
          {label !== term && (
            <span className={classes.chipId} translate="no">
              {term}
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown id={cardId} role="note" aria-label={t('Meaning of {{term}}', { term })} {...pointer}>
        <TermCard
          term={term}
          answer={known}
          onFocus={() => clearTimeout(timer.current)}
          onLeave={() => later(false)}
          onDone={() => now(false)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

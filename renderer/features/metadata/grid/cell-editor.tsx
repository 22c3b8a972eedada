import { useEffect, useId, useRef, useState } from 'react';
import { TermField } from '../../../components/ontology/term-field.tsx';
import { DocumentPicker } from '../fields/document-picker.tsx';
import classes from './grid.module.css';
import type { GridColumn } from './grid-model.ts';

interface CellEditorProps {
  readonly path: string;
  readonly sessionId: string | undefined;
  readonly column: GridColumn;
  readonly start: string;
  /** The text that was written; null where it was given up. */
  readonly onDone: (text: string | null) => void;
  /** A term was picked: its id, and its name beside it. */
  readonly onPicked: (changes: readonly { readonly key: string; readonly text: string }[]) => void;
}

/** Writes into one cell: a plain field, a search for terms, or a choice of documents. Enter takes it, Escape gives it up. */
export function CellEditor({ path, sessionId, column, start, onDone, onPicked }: CellEditorProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(start);
  const settled = useRef(false);
  const settle = (value: string | null) => {
    if (settled.current) return;
    settled.current = true;
    onDone(value);
  };
  useEffect(() => {
    box.current?.querySelector('input')?.focus();
  }, []);
  const label = column.label;
  return (
    <div
      ref={box}
      className={classes.editor}
      role="presentation"
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        settle(null);
      }}
    >
      {column.kind === 'dependency' ? (
        <DocumentPicker
          id={id}
          label={label}
          path={path}
          sessionId={sessionId}
          documentClass={column.class}
          value={start}
          invalid={false}
          describedBy={id}
          onPick={settle}
        />
      ) : column.field.term !== null ? (
        <TermField
          id={id}
          value={text}
          list={column.field.term === 'list'}
          invalid={false}
          describedBy={undefined}
          onType={setText}
          onDone={(value, picked) => {
            if (picked === null || column.field.nameField === null) {
              settle(value);
            } else if (!settled.current) {
              settled.current = true;
              onPicked([
                { key: column.key, text: value },
                { key: column.field.nameField, text: picked.name },
              ]);
            }
          }}
        />
      ) : (
        <input
          id={id}
          className={classes.input}
          aria-label={label}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'Tab') return;
            event.preventDefault();
            event.stopPropagation();
            settle(text);
          }}
          onBlur={() => settle(text)}
        />
      )}
    </div>
  );
}

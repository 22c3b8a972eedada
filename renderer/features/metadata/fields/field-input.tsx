import { Button, Textarea, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { FormField } from '../../../../shared/contract/forms.ts';
import type { OntologyTerm } from '../../../../shared/contract/ontology.ts';
import { TermField } from '../../../components/ontology/term-field.tsx';
import { t } from '../../../texts/translate.ts';
import classes from '../metadata.module.css';
import { kindText, labelOf } from './words.ts';

export interface Note {
  readonly message: string;
  readonly grade: 'blocks' | 'shouldFix';
}

interface FieldInputProps {
  readonly field: FormField;
  readonly text: string;
  readonly notes: readonly Note[];
  /** Stored, but the field shows something else that cannot be stored yet. */
  readonly unstored: boolean;
  readonly onType: (text: string) => void;
  /** The field was left, or a term was picked. */
  readonly onDone: (text: string, picked: OntologyTerm | null) => void;
}

/** One field of a form by its type, with what may be written into it and what is wrong with it. */
export function FieldInput({ field, text, notes, unstored, onType, onDone }: FieldInputProps) {
  const id = useId();
  const helpId = `${id}-help`;
  const blocked = notes.some((note) => note.grade === 'blocks');
  const shared = { id, value: text, error: blocked, 'aria-describedby': helpId, 'aria-invalid': blocked };
  const isJson = field.type === 'structure' || field.type === 'cell';
  return (
    <div className={classes.fieldRow} data-field={field.path}>
      <label htmlFor={id} className={classes.label}>
        {labelOf(field.name)}
        <span className={classes.exact} translate="no">
          {field.name}
        </span>
      </label>
      <div className={classes.control}>
        {field.term !== null ? (
          <TermField
            id={id}
            value={text}
            list={field.term === 'list'}
            invalid={blocked}
            describedBy={helpId}
            onType={onType}
            onDone={onDone}
          />
        ) : isJson || field.long ? (
          <Textarea
            {...shared}
            size="xs"
            autosize
            minRows={isJson ? 2 : 1}
            maxRows={16}
            className={isJson ? classes.mono : undefined}
            onChange={(event) => onType(event.currentTarget.value)}
            onBlur={(event) => onDone(event.currentTarget.value, null)}
          />
        ) : (
          <TextInput
            {...shared}
            inputMode={field.type === 'double' || field.type === 'integer' ? 'decimal' : 'text'}
            onChange={(event) => onType(event.currentTarget.value)}
            onBlur={(event) => onDone(event.currentTarget.value, null)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) onDone(event.currentTarget.value, null);
            }}
          />
        )}
        {field.type === 'timestamp' && (
          <Button variant="subtle" className={classes.now} onClick={() => onDone(new Date().toISOString(), null)}>
            {t('Now')}
          </Button>
        )}
        <div id={helpId} className={classes.help}>
          {notes.map((note) => (
            <p key={note.message} className={note.grade === 'blocks' ? classes.blocks : classes.shouldFix}>
              {note.message}
              {unstored && note.grade === 'blocks' && ` ${t('It is not stored yet.')}`}
            </p>
          ))}
          <p>{helpText(field)}</p>
        </div>
      </div>
    </div>
  );
}

/** That a text field takes text goes without saying. */
function helpText(field: FormField): string {
  const isPlain = (field.type === 'string' || field.type === 'char') && field.term === null && field.maxLength === null;
  const parts = isPlain && field.help !== '' ? [field.help] : [field.help, kindText(field)];
  return parts.filter((part) => part !== '').join(' · ');
}

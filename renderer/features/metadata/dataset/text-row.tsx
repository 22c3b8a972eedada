import { Select, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { t } from '../../../texts/translate.ts';
import classes from '../metadata.module.css';
import { ProblemNotes } from './problem-notes.tsx';
import type { TextRowFacts } from './text-rows.ts';
import type { MetadataForm } from './use-metadata.ts';

interface TextRowProps {
  readonly row: TextRowFacts;
  readonly form: MetadataForm;
}

/** One text of the description. */
export function TextRow({ row, form }: TextRowProps) {
  const id = useId();
  const problems = form.problems.filter((problem) => problem.field === row.name);
  const shared = { id, 'aria-describedby': `${id}-help`, 'aria-required': row.required === true };
  return (
    <div className={classes.fieldRow} data-field={row.name}>
      <label htmlFor={id} className={classes.label}>
        <span>
          {row.label}
          {row.required === true && <span aria-hidden> *</span>}
        </span>
      </label>
      <div className={classes.control}>
        {row.kind === 'list' ? (
          <ListInput
            shared={shared}
            values={form.metadata[row.name]}
            onStore={(list) => form.store({ [row.name]: list })}
          />
        ) : row.kind === 'choice' ? (
          <Select
            {...shared}
            value={form.metadata[row.name] || null}
            placeholder={t('Choose one')}
            data={choicesWith(row.choices, form.metadata[row.name])}
            onChange={(value) => form.store({ [row.name]: value ?? '' })}
          />
        ) : (
          <TextInputOrArea
            shared={shared}
            long={row.kind === 'long'}
            value={form.metadata[row.name]}
            onType={(text) => form.type({ [row.name]: text })}
            onLeave={() => form.store()}
          />
        )}
        <div id={`${id}-help`} className={classes.help}>
          <ProblemNotes problems={problems} />
          <p>{row.help}</p>
        </div>
      </div>
    </div>
  );
}

interface Shared {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-required': boolean;
}

/** A license that NDI's editor does not offer stays what it is. */
function choicesWith(choices: readonly { value: string; label: string }[], value: string) {
  const known = value === '' || choices.some((choice) => choice.value === value);
  return known ? [...choices] : [...choices, { value, label: value }];
}

interface TextInputOrAreaProps {
  readonly shared: Shared;
  readonly long: boolean;
  readonly value: string;
  readonly onType: (text: string) => void;
  readonly onLeave: () => void;
}

function TextInputOrArea({ shared, long, value, onType, onLeave }: TextInputOrAreaProps) {
  return long ? (
    <Textarea
      {...shared}
      size="xs"
      autosize
      minRows={2}
      maxRows={16}
      value={value}
      onChange={(event) => onType(event.currentTarget.value)}
      onBlur={onLeave}
    />
  ) : (
    <TextInput
      {...shared}
      value={value}
      onChange={(event) => onType(event.currentTarget.value)}
      onBlur={onLeave}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onLeave();
      }}
    />
  );
}

interface ListInputProps {
  readonly shared: Shared;
  readonly values: readonly string[];
  readonly onStore: (values: string[]) => void;
}

/** Texts with commas between them; a comma at the end while typing is not yet a further one. */
function ListInput({ shared, values, onStore }: ListInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const settle = () => {
    if (typed === null) return;
    setTyped(null);
    onStore(
      typed
        .split(',')
        .map((text) => text.trim())
        .filter((text) => text !== ''),
    );
  };
  return (
    <TextInput
      {...shared}
      value={typed ?? values.join(', ')}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}

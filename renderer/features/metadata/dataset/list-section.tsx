import { ActionIcon, Button, Checkbox, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { t } from '../../../texts/translate.ts';
import classes from '../metadata.module.css';
import type { EntryField, EntryList } from './lists.ts';
import { ProblemNotes } from './problem-notes.tsx';
import type { MetadataForm } from './use-metadata.ts';

interface ListSectionProps<T> {
  readonly list: EntryList<T>;
  readonly entries: readonly T[];
  readonly form: MetadataForm;
}

/** Entries one below the other, which can be added, moved and taken away. */
export function ListSection<T extends object>({ list, entries, form }: ListSectionProps<T>) {
  const store = (next: readonly T[]) => form.store({ [list.name]: next });
  const replaced = (at: number, change: Partial<T>) =>
    entries.map((one, index) => (index === at ? { ...one, ...change } : one));
  const moved = (from: number, to: number) => {
    const next = [...entries];
    next.splice(to, 0, ...next.splice(from, 1));
    return next;
  };
  return (
    <section className={classes.group} aria-label={list.title} data-field={list.name}>
      <h3>{list.title}</h3>
      <ol className={classes.entries}>
        {entries.map((entry, at) => {
          const which = { one: list.one, number: at + 1 };
          return (
            <li key={at} className={classes.entry} aria-label={t('{{one}} {{number}}', which)}>
              <div className={classes.entryFields}>
                {list.fields.map((field) => (
                  <EntryInput
                    key={field.name}
                    field={field}
                    path={`${list.name}.${at}.${field.name}`}
                    entry={entry}
                    form={form}
                    onType={(change) => form.type({ [list.name]: replaced(at, change) })}
                    onStore={(change) => store(replaced(at, change))}
                  />
                ))}
              </div>
              <div>
                <EntryButton
                  label={t('Move {{one}} {{number}} up', which)}
                  disabled={at === 0}
                  onClick={() => store(moved(at, at - 1))}
                >
                  <IconArrowUp size={16} aria-hidden />
                </EntryButton>
                <EntryButton
                  label={t('Move {{one}} {{number}} down', which)}
                  disabled={at === entries.length - 1}
                  onClick={() => store(moved(at, at + 1))}
                >
                  <IconArrowDown size={16} aria-hidden />
                </EntryButton>
                <EntryButton
                  label={t('Remove {{one}} {{number}}', which)}
                  onClick={() => store(entries.filter((_, index) => index !== at))}
                >
                  <IconTrash size={16} aria-hidden />
                </EntryButton>
              </div>
            </li>
          );
        })}
      </ol>
      <Button
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => form.type({ [list.name]: [...entries, list.blank] })}
      >
        {list.add}
      </Button>
    </section>
  );
}

interface EntryInputProps<T> {
  readonly field: EntryField<T>;
  readonly path: string;
  readonly entry: T;
  readonly form: MetadataForm;
  readonly onType: (change: Partial<T>) => void;
  readonly onStore: (change: Partial<T>) => void;
}

function EntryInput<T extends object>({ field, path, entry, form, onType, onStore }: EntryInputProps<T>) {
  const problems = form.problems.filter((problem) => problem.field === path);
  const value = entry[field.name] as string | readonly string[];
  const [typed, setTyped] = useState<string | null>(null);
  const change = (next: string | string[]) => ({ [field.name]: next }) as Partial<T>;
  if (field.kind === 'choices') {
    return (
      <Checkbox.Group
        size="xs"
        label={field.label}
        value={Array.isArray(value) ? (value as string[]) : []}
        onChange={(next) => onStore(change(next))}
        data-field={path}
      >
        <div className={classes.choices}>
          {field.choices?.map((choice) => (
            <Checkbox key={choice} value={choice} label={choice} />
          ))}
        </div>
      </Checkbox.Group>
    );
  }
  const isList = field.kind === 'texts';
  const texts = () =>
    (typed ?? '')
      .split(';')
      .map((text) => text.trim())
      .filter((text) => text !== '');
  const leave = () => {
    if (!isList) form.store();
    else if (typed !== null) {
      setTyped(null);
      onStore(change(texts()));
    }
  };
  return (
    <div data-field={path}>
      <TextInput
        label={isList ? t('{{label}} (with ; between them)', { label: field.label }) : field.label}
        placeholder={field.placeholder ?? ''}
        value={isList ? (typed ?? (value as readonly string[]).join('; ')) : value}
        error={problems.some((problem) => problem.grade === 'blocks')}
        onChange={(event) => {
          const text = event.currentTarget.value;
          if (isList) setTyped(text);
          else onType(change(text));
        }}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
        }}
      />
      <div className={classes.help}>
        <ProblemNotes problems={problems} />
      </div>
    </div>
  );
}

interface EntryButtonProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function EntryButton({ label, disabled = false, onClick, children }: EntryButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={disabled} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

import { Autocomplete, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Operation, Query } from '../../../../shared/model/query.ts';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { plural, t } from '../../../texts/translate.ts';
import { type ConditionDraft, isNumeric, needsField, needsValue, OPERATIONS, queryOfDraft } from './operations.ts';
import classes from './query.module.css';
import type { QueryScope } from './query-scope.ts';

const TYPING_RESTS_MS = 150;
const MOST_SUGGESTIONS = 30;
const SHOWN_CLASSES = 4;
const SHOWN_FIELDS = 6;

interface ConditionFormProps {
  readonly scope: QueryScope;
  readonly start: ConditionDraft;
  /** What the whole query becomes with this condition, for the count. */
  readonly whole: (condition: Query) => Query;
  readonly submitLabel: string;
  readonly onSubmit: (condition: Query) => void;
  readonly onCancel: () => void;
}

/** One condition as a sentence: field, operation, value. What would be found follows the typing. */
export function ConditionForm({ scope, start, whole, submitLabel, onSubmit, onCancel }: ConditionFormProps) {
  const [draft, setDraft] = useState(start);
  const set = (change: Partial<ConditionDraft>) => setDraft({ ...draft, ...change });
  const query = queryOfDraft(draft);
  const { operation } = draft;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (query !== null) onSubmit(query);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        // The first Escape closes the list of suggestions only.
        if ((event.target as HTMLElement).getAttribute('aria-expanded') === 'true') return;
        event.stopPropagation();
        onCancel();
      }}
    >
      <div className={classes.sentence}>
        {needsField(operation) && <FieldInput scope={scope} value={draft.field} onChange={(field) => set({ field })} />}
        <NativeSelect
          aria-label={t('Operation')}
          value={operation}
          data={OPERATIONS.map(({ operation: value, words }) => ({ value, label: t(words) }))}
          onChange={(event) => set({ operation: event.currentTarget.value as Operation })}
        />
        {needsValue(operation) && <ValueInput scope={scope} draft={draft} onChange={(value) => set({ value })} />}
        {operation === 'depends_on' && (
          <TextInput
            aria-label={t('ID of the document depended on')}
            placeholder={t('ID of a document')}
            value={draft.second}
            onChange={(event) => set({ second: event.currentTarget.value })}
          />
        )}
      </div>
      <div className={classes.formEnd}>
        <Checkbox
          label={t('not')}
          checked={draft.negated}
          onChange={(event) => set({ negated: event.currentTarget.checked })}
        />
        <span className={classes.found} role="status">
          <FoundShape scope={scope} query={query === null ? null : whole(query)} />
        </span>
        <Button size="compact-sm" variant="subtle" onClick={onCancel}>
          {t('Cancel')}
        </Button>
        <Button size="compact-sm" type="submit" disabled={query === null}>
          {submitLabel}
        </Button>
      </div>
    </form>
  );
}

/** Any name may be typed; those of the documents and of the schemas are offered. */
export function FieldInput({
  scope,
  value,
  onChange,
  label = t('Field'),
}: {
  readonly scope: QueryScope;
  readonly value: string;
  readonly onChange: (field: string) => void;
  readonly label?: string;
}) {
  const { path, class: className } = scope;
  const fields = useAnswer(JSON.stringify([path, className]), (signal) =>
    client.documents.fields(className === undefined ? { path } : { path, class: className }, { signal }),
  );
  return (
    <Autocomplete
      aria-label={label}
      placeholder={t('field, such as element.type')}
      data={(fields.value ?? []).map(({ field }) => field)}
      limit={MOST_SUGGESTIONS}
      value={value}
      onChange={onChange}
      data-autofocus
      selectFirstOptionOnChange={false}
      comboboxProps={{ withinPortal: false }}
    />
  );
}

interface ValueInputProps {
  readonly scope: QueryScope;
  readonly draft: ConditionDraft;
  readonly onChange: (value: string) => void;
}

function ValueInput({ scope, draft, onChange }: ValueInputProps) {
  const { operation, field, value } = draft;
  const [typed] = useDebouncedValue(value, TYPING_RESTS_MS);
  const offers = operation === 'exact_string' || operation === 'contains_string' || operation === 'hasmember';
  const values = useAnswer(JSON.stringify([scope.path, field, typed, offers]), (signal) =>
    offers && field !== ''
      ? client.documents.values({ path: scope.path, field, typed }, { signal })
      : Promise.resolve([]),
  );
  const label =
    operation === 'isa' ? t('Class') : operation === 'depends_on' ? t('Name of the dependency, * for any') : t('Value');
  return (
    <Autocomplete
      aria-label={label}
      placeholder={isNumeric(operation) ? t('number') : label}
      inputMode={isNumeric(operation) ? 'decimal' : 'text'}
      data={operation === 'isa' ? [...scope.classes] : [...new Set(values.value ?? [])]}
      limit={MOST_SUGGESTIONS}
      value={value}
      onChange={onChange}
      selectFirstOptionOnChange={false}
      comboboxProps={{ withinPortal: false }}
    />
  );
}

/** What the list would hold: how many documents, of which classes, with which fields. */
function FoundShape({ scope, query }: { readonly scope: QueryScope; readonly query: Query | null }) {
  const [asked] = useDebouncedValue(
    query === null || scope.isElsewhere ? null : JSON.stringify(query),
    TYPING_RESTS_MS,
  );
  const found = useAnswer(
    JSON.stringify([scope, asked]),
    async (signal) => {
      if (asked === null) return null;
      const where = JSON.parse(asked) as { field: string; operation: string; param1: unknown; param2: unknown }[];
      return await client.documents.shape({ ...scope.request, where }, { signal });
    },
    { keepLast: true },
  );
  if (asked === null || found.value === undefined || found.value === null) return null;
  const { total, classes: byClass, fields } = found.value;
  const shown = byClass.slice(0, SHOWN_CLASSES).map((row) => `${row.class} ${row.count.toLocaleString('en')}`);
  const more = byClass.length - shown.length;
  return (
    <>
      {plural(total, '{{count}} document', '{{count}} documents')}
      {total > 0 && (
        <span className={classes.shape} translate="no">
          {[...shown, ...(more > 0 ? [`+${more}`] : [])].join(' · ')}
          {fields.length > 0 &&
            ` — ${fields.slice(0, SHOWN_FIELDS).join(', ')}${fields.length > SHOWN_FIELDS ? ', …' : ''}`}
        </span>
      )}
    </>
  );
}

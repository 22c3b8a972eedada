import { NativeSelect, TextInput } from '@mantine/core';
import type { TableMapping } from '../../../shared/contract/stimuli.ts';
import { t } from '../../texts/translate.ts';
import classes from '../fields.module.css';

interface MappingFieldsProps {
  readonly columns: readonly string[];
  readonly mapping: TableMapping;
  readonly onChange: (mapping: TableMapping) => void;
  /** Whether the column of onsets holds dates or times of day, which need a moment to count from. */
  readonly hasDates: boolean;
  /** When the recording began, as a proposal for that moment; null where nobody knows. */
  readonly startedAt: string | null;
}

const NONE = '';
type Optional = 'offset' | 'duration' | 'stimulus' | 'origin';

/** Which column of a table tells what, in which unit, and from when dates count. */
export function MappingFields({ columns, mapping, onChange, hasDates, startedAt }: MappingFieldsProps) {
  const choose = (label: string, value: string | undefined, set: (column: string | undefined) => TableMapping) => (
    <NativeSelect
      label={label}
      value={value ?? NONE}
      data={[{ value: NONE, label: '–' }, ...columns]}
      onChange={(event) => onChange(set(event.currentTarget.value === NONE ? undefined : event.currentTarget.value))}
    />
  );
  const without = (field: Optional) =>
    Object.fromEntries(Object.entries(mapping).filter(([name]) => name !== field)) as TableMapping;
  const changed = (field: Optional, value: string | undefined) =>
    value === undefined ? without(field) : { ...without(field), [field]: value };
  return (
    <div className={classes.fields}>
      {choose(t('Onset'), mapping.onset, (column) => ({ ...mapping, onset: column ?? '' }))}
      {mapping.duration === undefined && choose(t('Offset'), mapping.offset, (column) => changed('offset', column))}
      {mapping.offset === undefined && choose(t('Duration'), mapping.duration, (column) => changed('duration', column))}
      {choose(t('Stimulus'), mapping.stimulus, (column) => changed('stimulus', column))}
      <NativeSelect
        label={t('Unit of the times')}
        value={mapping.unit}
        data={[
          { value: 's', label: t('seconds') },
          { value: 'ms', label: t('milliseconds') },
          { value: 'us', label: t('microseconds') },
          { value: 'min', label: t('minutes') },
          { value: 'h', label: t('hours') },
        ]}
        onChange={(event) => onChange({ ...mapping, unit: event.currentTarget.value as TableMapping['unit'] })}
      />
      {hasDates && (
        <TextInput
          label={t('The clock is 0 at')}
          description={
            startedAt === null ? t('Date and time') : t('The recording began at {{moment}}', { moment: startedAt })
          }
          placeholder={startedAt ?? '2024-05-01T14:00:00'}
          value={mapping.origin ?? ''}
          onChange={(event) =>
            onChange(changed('origin', event.currentTarget.value === '' ? undefined : event.currentTarget.value))
          }
        />
      )}
    </div>
  );
}

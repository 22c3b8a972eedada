import { Select } from '@mantine/core';
import type { DocumentClass } from '../../../../shared/contract/forms.ts';
import { t } from '../../../texts/translate.ts';
import classes from '../metadata.module.css';

interface ClassChooserProps {
  readonly all: readonly DocumentClass[];
  readonly value: string | undefined;
  readonly onChoose: (name: string) => void;
}

/** Chooses a class of documents, the common ones first, then by family. Those that NDI cannot store say why. */
export function ClassChooser({ all, value, onChoose }: ClassChooserProps) {
  const families = [...new Set(all.filter((one) => !one.common).map((one) => one.family))];
  const item = (one: DocumentClass) => ({ value: one.class, label: one.class, disabled: one.obstacle !== '' });
  const byName = new Map(all.map((one) => [one.class, one]));
  return (
    <Select
      aria-label={t('Class of the document')}
      placeholder={t('Choose a class')}
      searchable
      nothingFoundMessage={t('No class of that name.')}
      w={260}
      maxDropdownHeight={420}
      value={value ?? null}
      data={[
        { group: t('Most used'), items: all.filter((one) => one.common).map(item) },
        ...families.map((family) => ({
          group: family,
          items: all.filter((one) => !one.common && one.family === family).map(item),
        })),
      ]}
      comboboxProps={{ width: 420, position: 'bottom-start' }}
      renderOption={({ option }) => {
        const about = byName.get(option.value);
        return (
          <span className={classes.classOption}>
            <span translate="no">{option.value}</span>
            <span className={classes.quiet}>{about?.obstacle || about?.help}</span>
          </span>
        );
      }}
      onChange={(name) => {
        if (name !== null) onChoose(name);
      }}
    />
  );
}

import { ActionIcon, Combobox, Loader, TextInput, Tooltip, useCombobox } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { DocumentRow } from '../../../../shared/contract/documents.ts';
import { namingColumns } from '../../../../shared/model/naming-fields.ts';
import { client } from '../../../state/client.ts';
import { rowName } from '../../../state/document-names.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';
import classes from '../metadata.module.css';

interface DocumentPickerProps {
  readonly id: string;
  readonly label: string;
  readonly path: string;
  readonly sessionId: string | undefined;
  /** Class of the documents to choose from; null for any. */
  readonly documentClass: string | null;
  /** Id of the chosen document, or empty. */
  readonly value: string;
  readonly invalid: boolean;
  readonly describedBy: string;
  readonly onPick: (id: string) => void;
}

/** Chooses a document by its name; what is chosen shows by name, with its id behind it. */
export function DocumentPicker(props: DocumentPickerProps) {
  const { id, path, sessionId, documentClass, value, onPick } = props;
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typed, setTyped] = useState<string | null>(null);
  const chosen = useChosen(path, value);
  const found = useAnswer(
    JSON.stringify([path, sessionId, documentClass, typed ?? '', combobox.dropdownOpened]),
    async (signal) => {
      if (!combobox.dropdownOpened) return [];
      const request = {
        path,
        text: typed ?? '',
        sort: 'name' as const,
        limit: 50,
        columns: [...namingColumns],
        ...(sessionId === undefined ? {} : { sessionId }),
        ...(documentClass === null ? {} : { isa: documentClass }),
      };
      return (await client.documents.list(request, { signal })).documents;
    },
    { keepLast: true },
  );
  const options = found.status === 'ready' ? found.value : [];
  const pick = (next: string) => {
    setTyped(null);
    combobox.closeDropdown();
    onPick(next);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick} withinPortal>
      <Combobox.Target>
        <TextInput
          id={id}
          value={typed ?? chosen}
          placeholder={t('Choose a document, or paste an id')}
          error={props.invalid}
          aria-describedby={props.describedBy}
          onFocus={() => combobox.openDropdown()}
          onClick={() => combobox.openDropdown()}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onBlur={() => {
            combobox.closeDropdown();
            if (typed !== null && typed.trim() !== chosen) onPick(typed.trim());
            setTyped(null);
          }}
          rightSection={
            found.status === 'loading' ? (
              <Loader size={12} />
            ) : value === '' ? null : (
              <Tooltip label={t('Choose none')}>
                <ActionIcon
                  size={20}
                  aria-label={t('Choose no document for {{what}}', { what: props.label })}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => pick('')}
                >
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              </Tooltip>
            )
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options className={classes.options} aria-label={t('Documents')}>
          {options.map((document) => (
            <Combobox.Option key={document.id} value={document.id}>
              <DocumentOption document={document} />
            </Combobox.Option>
          ))}
          {options.length === 0 && found.status === 'ready' && (
            <Combobox.Empty>
              {documentClass === null
                ? t('No document of that name.')
                : t('No {{class}} of that name here yet.', { class: documentClass })}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function DocumentOption({ document }: { readonly document: DocumentRow }) {
  return (
    <span className={classes.option} translate="no">
      <span>{rowName(document) || document.id}</span>
      <span className={classes.quiet}>{document.class}</span>
    </span>
  );
}

/** The name of the chosen document, or its id while that is not known. */
function useChosen(path: string, id: string): string {
  const answer = useAnswer(JSON.stringify([path, id]), async (signal) =>
    id === '' ? [] : await client.documents.names({ path, ids: [id] }, { signal }),
  );
  return answer.value?.[0]?.name || id;
}

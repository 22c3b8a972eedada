import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useState, type Ref } from 'react';
import type { OntologyTerm } from '../../../shared/contract/ontology.ts';
import { t } from '../../texts/translate.ts';
import classes from './ontology.module.css';
import { TermChip } from './term-chip.tsx';
import { useTermSearch } from './use-term-search.ts';

interface TermFieldProps {
  readonly id: string;
  /** `PREFIX:id`, several with commas between them where the field takes a list; or whatever was typed. */
  readonly value: string;
  readonly list: boolean;
  readonly invalid: boolean;
  readonly describedBy: string | undefined;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** Typed, but not yet left. */
  readonly onType: (value: string) => void;
  /** A term was picked, or the field was left. */
  readonly onDone: (value: string, picked: OntologyTerm | null) => void;
}

/** A field for terms: type to search ontologies by name, pick one, or write `PREFIX:id` by hand. */
export function TermField({ id, value, list, invalid, describedBy, inputRef, onType, onDone }: TermFieldProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typing, setTyping] = useState(false);
  const parts = value.split(',');
  const last = list ? (parts.at(-1) ?? '') : value;
  const search = useTermSearch(last, typing && combobox.dropdownOpened);
  const isChip = (text: string) => /^\s*[A-Za-z]+:\S/.test(text);
  const chips = typing ? [] : (list ? parts : [value]).map((part) => part.trim()).filter(isChip);
  const pick = (curie: string) => {
    const term = search.terms.find((one) => one.curie === curie) ?? null;
    const next = list ? [...parts.slice(0, -1).map((part) => part.trim()), curie].join(',') : curie;
    combobox.closeDropdown();
    setTyping(false);
    onDone(next, term);
  };
  return (
    <div className={classes.field}>
      <Combobox store={combobox} onOptionSubmit={pick} withinPortal>
        <Combobox.Target>
          <TextInput
            id={id}
            ref={inputRef}
            value={value}
            placeholder={t('Search a term, or write PREFIX:id')}
            error={invalid}
            aria-describedby={describedBy}
            rightSection={search.searching ? <Loader size={12} /> : null}
            onChange={(event) => {
              setTyping(true);
              combobox.openDropdown();
              combobox.resetSelectedOption();
              onType(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0) onDone(value, null);
            }}
            onBlur={() => {
              combobox.closeDropdown();
              setTyping(false);
              onDone(value, null);
            }}
          />
        </Combobox.Target>
        <Combobox.Dropdown hidden={search.terms.length === 0 && search.problem === ''}>
          <Combobox.Options className={classes.options} aria-label={t('Terms found')}>
            {search.terms.map((term) => (
              <Combobox.Option key={term.curie} value={term.curie}>
                <span className={classes.option}>
                  <span translate="no">{term.name}</span>
                  <span className={classes.quiet} translate="no">
                    {term.curie}
                  </span>
                </span>
              </Combobox.Option>
            ))}
          </Combobox.Options>
          {search.problem !== '' && <Combobox.Footer className={classes.quiet}>{search.problem}</Combobox.Footer>}
        </Combobox.Dropdown>
      </Combobox>
      {chips.length > 0 && (
        <div className={classes.chips}>
          {chips.map((term) => (
            <TermChip key={term} term={term} />
          ))}
        </div>
      )}
    </div>
  );
}

import { CloseButton, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { isQueryLink, parseQueryLink, type QueryLink } from '../../../../shared/model/query-link.ts';
import { useCommand } from '../../../state/commands.ts';
import { showError } from '../../../state/messages.ts';
import { useShortcutLabel } from '../../../state/shortcuts.ts';
import { t } from '../../../texts/translate.ts';
import classes from '../documents.module.css';

/** The list is asked anew when typing rests for this long. */
const TYPING_RESTS_MS = 120;

interface FilterBoxProps {
  /** The text by which the list is filtered now. */
  readonly text: string;
  readonly onFilter: (text: string) => void;
  /** A link that somebody shared was pasted. */
  readonly onLink: (link: QueryLink) => void;
}

/** Free text that documents must hold anywhere. The shortcut `/` leads here, Escape clears. */
export function FilterBox({ text, onFilter, onLink }: FilterBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (text !== known) {
    setKnown(text);
    setTyped(text);
  }
  const filterSoon = useDebouncedCallback((next: string) => {
    setKnown(next);
    onFilter(next);
  }, TYPING_RESTS_MS);
  const shortcut = useShortcutLabel('documents.filter');
  useCommand('documents.filter', () => input.current?.focus());
  const change = (next: string) => {
    setTyped(next);
    filterSoon(next.trim());
  };
  return (
    <Tooltip label={t('Shows documents that hold this text ({{shortcut}})', { shortcut })}>
      <TextInput
        ref={input}
        className={classes.filter}
        aria-label={t('Filter the documents')}
        placeholder={t('Filter: name, class, ID or any value')}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={
          typed === '' ? null : (
            <CloseButton
              size="sm"
              aria-label={t('Clear the filter')}
              onClick={() => {
                change('');
                input.current?.focus();
              }}
            />
          )
        }
        value={typed}
        onChange={(event) => {
          change(event.currentTarget.value);
        }}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text');
          if (!isQueryLink(pasted)) return;
          event.preventDefault();
          try {
            onLink(parseQueryLink(pasted));
          } catch (thrown) {
            showError(thrown);
          }
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || typed === '') return;
          event.stopPropagation();
          change('');
        }}
      />
    </Tooltip>
  );
}

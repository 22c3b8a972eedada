import { Modal, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { create } from 'zustand';
import { Keys } from '../../components/keys.tsx';
import { t } from '../../texts/translate.ts';
import type { PaletteHit } from './palette-hits.ts';
import classes from './palette.module.css';
import { typedAhead } from './typed-ahead.ts';
import { useChoice } from './use-choice.ts';
import { usePaletteHits } from './use-palette-hits.ts';

interface PaletteState {
  readonly opened: boolean;
  /** How often it was opened: each time with an empty field, which takes the focus anew. */
  readonly times: number;
}

const usePalette = create<PaletteState>()(() => ({ opened: false, times: 0 }));

export function openPalette(): void {
  const { opened, times } = usePalette.getState();
  if (opened) typedAhead.take();
  else usePalette.setState({ opened: true, times: times + 1 });
}

function closePalette(): void {
  typedAhead.take();
  usePalette.setState({ opened: false });
}

/**
 * Finds commands, recent sessions and probes; after `#` documents of the session in front, after `>` settings, and after
 * `@` the way to a time.
 */
export function Palette() {
  const { opened, times } = usePalette();
  return (
    <Modal
      opened={opened}
      onClose={closePalette}
      withCloseButton={false}
      padding={0}
      size="lg"
      centered={false}
      yOffset={80}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('Find a command, session or document') } }}
    >
      <Finder key={times} />
    </Modal>
  );
}

/** The field keeps the focus; the list below it is walked from there. */
function Finder() {
  const [query, setQuery] = useState('');
  const listId = useId();
  const { groups, nothing, isLate } = usePaletteHits(query);
  const hits = groups.flatMap((group) => group.hits);
  const take = (hit: PaletteHit) => {
    if (hit.disabledReason !== undefined) return;
    closePalette();
    hit.run();
  };
  const takeTyped = () => {
    const typed = typedAhead.take();
    if (typed !== '') setQuery(typed);
  };
  const optionId = (hit: PaletteHit) => `${listId}-${hits.indexOf(hit)}`;
  const { chosen, onKeyDown } = useChoice({ hits, query, isLate, take, optionId });
  return (
    <>
      <TextInput
        data-autofocus
        size="lg"
        variant="unstyled"
        className={classes.search ?? ''}
        placeholder={t('Find a command, session or probe – # documents, @ time, > settings')}
        aria-label={t('Find a command, session or document')}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={chosen === undefined ? undefined : optionId(chosen)}
        autoComplete="off"
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        onFocus={takeTyped}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('What was found')} aria-busy={isLate} className={classes.list}>
        {groups.map((group) => (
          <div key={group.title} role="group" aria-label={group.title}>
            <div className={classes.group} aria-hidden>
              {group.title}
            </div>
            {group.hits.map((hit) => (
              <Option key={hit.id} id={optionId(hit)} hit={hit} isChosen={hit === chosen} onTake={() => take(hit)} />
            ))}
          </div>
        ))}
      </div>
      {hits.length === 0 && (
        <p className={classes.nothing} role="status">
          {nothing}
        </p>
      )}
    </>
  );
}

interface OptionProps {
  readonly id: string;
  readonly hit: PaletteHit;
  readonly isChosen: boolean;
  readonly onTake: () => void;
}

function Option({ id, hit, isChosen, onTake }: OptionProps) {
  const noTranslate = hit.data === true ? 'no' : undefined;
  return (
    <div
      id={id}
      role="option"
      className={classes.hit}
      aria-selected={isChosen}
      aria-disabled={hit.disabledReason !== undefined}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      <span className={classes.words}>
        <span translate={noTranslate}>{hit.title}</span>
        {hit.detail !== '' && <small translate={noTranslate}>{hit.disabledReason ?? hit.detail}</small>}
      </span>
      {hit.shortcut !== '' && <Keys shortcut={hit.shortcut} />}
    </div>
  );
}

import { Button } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import type { CommandId } from '../../../shared/model/commands.ts';
import { Keys } from '../../components/keys.tsx';
import { commandDeclaration, commandIds, commandTitle } from '../../state/commands.ts';
import { changeSettings, useSettings } from '../../state/settings.ts';
import { conflictsOf, shortcutFor, shortcutOf, shortcutText } from '../../state/shortcuts.ts';
import { t } from '../../texts/translate.ts';
import classes from './settings-panel.module.css';

/** The shortcut of every command, each of which can be bound to other keys. */
export function ShortcutEditor() {
  const own = useSettings((state) => state.settings.shortcuts);
  const [recording, setRecording] = useState<CommandId | null>(null);
  const bind = (id: CommandId, shortcut: string) => {
    const others = Object.fromEntries(Object.entries(own).filter(([command]) => command !== id));
    const isDefault = shortcut === (commandDeclaration(id).shortcut ?? '');
    void changeSettings({ shortcuts: isDefault ? others : { ...others, [id]: shortcut } });
    setRecording(null);
  };
  return (
    <ul className={classes.shortcuts}>
      {commandIds.map((id) => (
        <ShortcutRow
          key={id}
          id={id}
          own={own}
          recording={recording === id}
          onRecord={() => setRecording(id)}
          onStop={() => setRecording(null)}
          onBind={(shortcut) => bind(id, shortcut)}
        />
      ))}
    </ul>
  );
}

interface ShortcutRowProps {
  readonly id: CommandId;
  readonly own: Readonly<Record<string, string>>;
  readonly recording: boolean;
  readonly onRecord: () => void;
  readonly onStop: () => void;
  readonly onBind: (shortcut: string) => void;
}

function ShortcutRow({ id, own, recording, onRecord, onStop, onBind }: ShortcutRowProps) {
  const shortcut = shortcutFor(id, own);
  const conflicts = conflictsOf(id, shortcut, own);
  const title = commandTitle(id);
  return (
    <li className={classes.shortcut}>
      <span>{title}</span>
      {Object.hasOwn(own, id) && (
        <Button
          variant="subtle"
          aria-label={t('Reset the shortcut of “{{command}}”', { command: title })}
          onClick={() => onBind(commandDeclaration(id).shortcut ?? '')}
        >
          {t('Reset')}
        </Button>
      )}
      <Button
        variant="default"
        miw={120}
        aria-label={t('Change the shortcut of “{{command}}”', { command: title })}
        aria-pressed={recording}
        onClick={onRecord}
        onBlur={onStop}
        onKeyDown={(event) => {
          if (recording) record(event, onBind, onStop);
        }}
      >
        {recording ? t('Press the keys…') : shortcut === '' ? t('none') : <Keys shortcut={shortcut} />}
      </Button>
      {conflicts.length > 0 && (
        <p className={classes.conflict} role="alert">
          {t('Also the shortcut of: {{commands}}. Only one of them will answer.', {
            commands: conflicts.map(commandTitle).join(', '),
          })}
        </p>
      )}
    </li>
  );
}

function record(event: KeyboardEvent, onBind: (shortcut: string) => void, onStop: () => void): void {
  // Tab goes on to the next control: nobody may be caught in here.
  if (event.key === 'Tab') return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === 'Escape') onStop();
  else if (event.key === 'Delete' || event.key === 'Backspace') onBind('');
  else {
    const shortcut = shortcutOf(event);
    if (shortcut !== undefined) onBind(shortcutText(shortcut));
  }
}

import { Menubar } from '@mantine/core';
import { IconKeyboard, IconMoon, IconSearch, IconSettings, IconSun } from '@tabler/icons-react';
import { useComputedColorScheme } from '@mantine/core';
import { AccountChip } from '../components/account/account-chip.tsx';
import { CommandButton } from '../components/command-button.tsx';
import { CommandItem } from '../components/command-item.tsx';
import { Keys } from '../components/keys.tsx';
import { Logo } from '../components/logo.tsx';
import { commandDeclaration, commandIds, commandTitle, runCommand } from '../state/commands.ts';
import { shortcutFor, useShortcutLabel } from '../state/shortcuts.ts';
import { t } from '../texts/translate.ts';
import classes from './bars.module.css';

/** The top of the window: name, menus (where the system shows none), the palette's button, theme and settings. */
export function TitleBar() {
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <header className={classes.titleBar} data-region="title">
      <h1 className={classes.name} translate="no">
        <Logo />
        <span className={classes.brand}>NDI Desktop</span>
      </h1>
      {globalThis.ndiHost === undefined && <Menus />}
      <PaletteButton />
      <AccountChip />
      <CommandButton
        command="theme.toggle"
        icon={dark ? <IconSun size={18} aria-hidden /> : <IconMoon size={18} aria-hidden />}
      />
      <CommandButton command="shortcuts.open" icon={<IconKeyboard size={18} aria-hidden />} />
      <CommandButton command="settings.open" icon={<IconSettings size={18} aria-hidden />} />
    </header>
  );
}

function PaletteButton() {
  const shortcut = useShortcutLabel('palette.open');
  return (
    <button
      type="button"
      className={classes.paletteButton}
      data-tour="palette"
      data-region-focus
      aria-label={commandTitle('palette.open')}
      aria-keyshortcuts={shortcut}
      onClick={() => runCommand('palette.open')}
    >
      <IconSearch size={16} aria-hidden />
      <span>{commandTitle('palette.open')}</span>
      <Keys shortcut={shortcutFor('palette.open')} />
    </button>
  );
}

const MENUS = ['file', 'edit', 'view', 'help'] as const;

/** The menus that a desktop shows by its own means; the command table says what is in them. */
function Menus() {
  const titles = { file: t('File'), edit: t('Edit'), view: t('View'), help: t('Help') };
  return (
    <Menubar aria-label={t('Menus')} data-tour="menus">
      {MENUS.map((menu) => (
        <Menubar.Menu key={menu}>
          <Menubar.Target>{titles[menu]}</Menubar.Target>
          <Menubar.Dropdown>
            {commandIds
              .filter((id) => commandDeclaration(id).menu === menu)
              .map((id) => (
                <CommandItem key={id} command={id} />
              ))}
          </Menubar.Dropdown>
        </Menubar.Menu>
      ))}
    </Menubar>
  );
}

import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { showError } from '../../state/messages.ts';
import { saveFile } from '../save-file.ts';

/** A form in which a table can be saved. */
export interface SaveChoice {
  /** For people: `CSV`, `Parquet of all fields`. */
  readonly title: string;
  readonly fileName: string;
  /** Fetches the bytes. */
  readonly download: () => Promise<Blob>;
}

interface SaveMenuProps {
  /** What is saved, for people. */
  readonly label: string;
  /** Heads the list of choices. */
  readonly heading?: string;
  readonly choices: readonly SaveChoice[];
}

/** Saves what a table holds as a file, in one of several forms. */
export function SaveMenu({ label, heading, choices }: SaveMenuProps) {
  const [busy, setBusy] = useState(false);
  const save = async ({ download, fileName }: SaveChoice) => {
    setBusy(true);
    try {
      saveFile(await download(), fileName);
    } catch (thrown) {
      showError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={label}>
          <ActionIcon aria-label={label} loading={busy}>
            <IconDownload size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {heading !== undefined && <Menu.Label>{heading}</Menu.Label>}
        {choices.map((choice) => (
          <Menu.Item key={choice.title} onClick={() => void save(choice)}>
            {choice.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

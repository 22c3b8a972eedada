import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { saveFile } from '../../components/save-file.ts';
import { client } from '../../state/client.ts';
import { showError } from '../../state/messages.ts';
import { t } from '../../texts/translate.ts';

type Request = Omit<Parameters<typeof client.tables.download>[0], 'to'>;

const FORMATS = [
  { to: 'csv', title: 'CSV' },
  { to: 'json', title: 'JSON' },
  { to: 'parquet', title: 'Parquet' },
] as const;

/** Saves the whole table, all rows and columns, as a file. */
export function SaveMenu({ request, name }: { readonly request: Request; readonly name: string }) {
  const [busy, setBusy] = useState(false);
  const save = async (to: (typeof FORMATS)[number]['to']) => {
    setBusy(true);
    try {
      const { file } = await client.tables.download({ ...request, to });
      saveFile(file, `${name}.${to}`);
    } catch (thrown) {
      showError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('Export the table')}>
          <ActionIcon aria-label={t('Export the table')} loading={busy}>
            <IconDownload size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('All rows and columns as a file')}</Menu.Label>
        {FORMATS.map(({ to, title }) => (
          <Menu.Item key={to} onClick={() => void save(to)}>
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

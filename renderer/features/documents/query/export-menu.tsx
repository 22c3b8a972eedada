import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { ExportFormat } from '../../../../shared/contract/documents.ts';
import { saveFile } from '../../../components/save-file.ts';
import { client } from '../../../state/client.ts';
import { showError } from '../../../state/messages.ts';
import { t } from '../../../texts/translate.ts';

type ExportRequest = Omit<Parameters<typeof client.documents.download>[0], 'to' | 'columns'>;

interface ExportMenuProps {
  readonly request: ExportRequest;
  /** The columns that show, by the names of the export. */
  readonly columns: readonly string[];
}

const FORMATS: readonly { readonly to: ExportFormat; readonly title: string; readonly isWhole?: boolean }[] = [
  { to: 'csv', title: 'CSV of the columns shown' },
  { to: 'json', title: 'JSON of the columns shown' },
  { to: 'parquet', title: 'Parquet of the columns shown' },
  { to: 'csv', title: 'CSV of all fields', isWhole: true },
  { to: 'json', title: 'JSON of the whole documents', isWhole: true },
  { to: 'parquet', title: 'Parquet of all fields', isWhole: true },
];

/** Saves what the list shows, all of it, as a file. */
export function ExportMenu({ request, columns }: ExportMenuProps) {
  const [busy, setBusy] = useState(false);
  const save = async (to: ExportFormat, isWhole: boolean) => {
    setBusy(true);
    try {
      const asked = { ...request, to, ...(isWhole ? {} : { columns: [...columns] }) };
      const { file } = await client.documents.download(asked);
      saveFile(file, `documents.${to}`);
    } catch (thrown) {
      showError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label={t('Export what is listed')}>
          <ActionIcon aria-label={t('Export what is listed')} loading={busy}>
            <IconDownload size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map(({ to, title, isWhole = false }) => (
          <Menu.Item key={title} onClick={() => void save(to, isWhole)}>
            {t(title)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

import type { ExportFormat } from '../../../../shared/contract/documents.ts';
import { type SaveChoice, SaveMenu } from '../../../components/table/save-menu.tsx';
import { client } from '../../../state/client.ts';
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
  const choices = FORMATS.map(({ to, title, isWhole = false }): SaveChoice => {
    const asked = { ...request, to, ...(isWhole ? {} : { columns: [...columns] }) };
    return {
      title: t(title),
      fileName: `documents.${to}`,
      download: async () => (await client.documents.download(asked)).file,
    };
  });
  return <SaveMenu label={t('Export what is listed')} choices={choices} />;
}

import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { DocumentDetail } from '../../../../shared/contract/documents.ts';
import { saveFile } from '../../../components/save-file.ts';
import { client } from '../../../state/client.ts';
import { showError } from '../../../state/messages.ts';
import { t } from '../../../texts/translate.ts';
import classes from './detail.module.css';

const CUTS_NAMED = 5;

interface CutNoteProps {
  readonly path: string;
  readonly detail: DocumentDetail;
}

/** A huge document is shown by how it begins: says of how much, and gives the whole as a file. */
export function CutNote({ path, detail: { cut, summary } }: CutNoteProps) {
  const [saving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      const { file } = await client.documents.download({ path, id: summary.id, to: 'json' });
      saveFile(file, `${summary.class}.json`);
    } catch (thrown) {
      showError(thrown);
    } finally {
      setSaving(false);
    }
  };
  const shares = cut
    .slice(0, CUTS_NAMED)
    .map(({ path: at, shown, total }) => t('{{shown}} of {{total}} in {{path}}', { shown, total, path: at }));
  return (
    <div role="note" className={classes.cutNote}>
      <span>
        {t('Too large to be shown whole. Shown are the first')}{' '}
        {[...shares, ...(cut.length > CUTS_NAMED ? ['…'] : [])].join(' · ')}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconDownload size={14} aria-hidden />}
        loading={saving}
        onClick={() => void save()}
      >
        {t('Save all of it as JSON')}
      </Button>
    </div>
  );
}

import { Button, Group, Progress } from '@mantine/core';
import { useState } from 'react';
import type { CloudFilesUsage } from '../../../shared/contract/cloud-files.ts';
import { client } from '../../state/client.ts';
import { showError } from '../../state/messages.ts';
import { useSettings } from '../../state/settings.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { formatBytes, plural, t } from '../../texts/translate.ts';

/** How much of their budget the files of NDI Cloud take, and the button that clears them away. */
export function CloudFilesMeter() {
  const budget = useSettings((state) => state.settings.cloudFileBudgetMb);
  const answer = useAnswer(`cloudFiles.usage ${budget}`, (signal) => client.cloudFiles.usage(undefined, { signal }));
  const [cleared, setCleared] = useState<CloudFilesUsage | null>(null);
  const usage = cleared ?? answer.value;
  if (usage === undefined) return null;
  const clear = async () => {
    try {
      setCleared(await client.cloudFiles.clear());
    } catch (thrown) {
      showError(thrown);
    }
  };
  const share = usage.budgetBytes === 0 ? 0 : (usage.bytes / usage.budgetBytes) * 100;
  return (
    <Group gap="sm" mt="xs">
      <Progress w={160} size="sm" value={share} aria-label={t('Share of the space for files of NDI Cloud')} />
      <span role="status">
        {plural(usage.files, '{{count}} file, {{size}}', '{{count}} files, {{size}}', {
          size: formatBytes(usage.bytes),
        })}
      </span>
      <Button size="compact-sm" variant="default" disabled={usage.files === 0} onClick={() => void clear()}>
        {t('Clear them away')}
      </Button>
    </Group>
  );
}

import { Button } from '@mantine/core';
import { IconArrowsDiff, IconCloudUpload, IconCopy, IconShieldCheck, IconWorldUpload } from '@tabler/icons-react';
import { CiteButton } from '../../components/citation/cite-button.tsx';
import { runCommand } from '../../state/commands.ts';
import { openPanel } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';

/** What can be done with the whole of a session or dataset. */
export function ItemActions({ path }: { readonly path: string }) {
  const action = (Icon: typeof IconCopy, label: string, run: () => void) => (
    <Button variant="default" leftSection={<Icon size={16} aria-hidden />} onClick={run}>
      {label}
    </Button>
  );
  return (
    <>
      {action(IconCloudUpload, t('Upload to NDI Cloud'), () => openPanel('cloudSync', { path }))}
      {action(IconWorldUpload, t('Publish…'), () => openPanel('publish', { path }))}
      <CiteButton cited={{ path }} />
      {action(IconShieldCheck, t('Check'), () => openPanel('maintenance', { path }))}
      {action(IconCopy, t('Copy to…'), () => runCommand('item.copy'))}
      {action(IconArrowsDiff, t('Compare with…'), () => openPanel('compare', { path }))}
    </>
  );
}

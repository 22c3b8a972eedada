import { Button } from '@mantine/core';
import {
  IconArrowsDiff,
  IconCloudUpload,
  IconCopy,
  IconQuote,
  IconShieldCheck,
  IconWorldUpload,
} from '@tabler/icons-react';
import { showCitation } from '../../components/citation/show-citation.tsx';
import { runCommand } from '../../state/commands.ts';
import { openPanel } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';

/** What can be done with the whole of a session or dataset. */
export function ItemActions({ path }: { readonly path: string }) {
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconCloudUpload size={16} aria-hidden />}
        onClick={() => openPanel('cloudSync', { path })}
      >
        {t('Upload to NDI Cloud')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconWorldUpload size={16} aria-hidden />}
        onClick={() => openPanel('publish', { path })}
      >
        {t('Publish…')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconQuote size={16} aria-hidden />}
        onClick={() => showCitation({ path })}
      >
        {t('Cite…')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconShieldCheck size={16} aria-hidden />}
        onClick={() => openPanel('maintenance', { path })}
      >
        {t('Check')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconCopy size={16} aria-hidden />}
        onClick={() => void runCommand('item.copy')}
      >
        {t('Copy to…')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowsDiff size={16} aria-hidden />}
        onClick={() => openPanel('compare', { path })}
      >
        {t('Compare with…')}
      </Button>
    </>
  );
}

import { Button } from '@mantine/core';
import { IconQuote } from '@tabler/icons-react';
import { t } from '../../texts/translate.ts';
import type { Cited } from './citation-view.tsx';
import { showCitation } from './show-citation.tsx';

/** Shows how a dataset is cited. */
export function CiteButton({ cited }: { readonly cited: Cited }) {
  return (
    <Button variant="default" leftSection={<IconQuote size={16} aria-hidden />} onClick={() => showCitation(cited)}>
      {t('Cite…')}
    </Button>
  );
}

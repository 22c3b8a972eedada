import type { Citation } from '../../../shared/contract/cloud-publish.ts';
import { client } from '../../state/client.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import { ErrorState } from '../error-state.tsx';
import { LoadingState } from '../loading-state.tsx';
import { TextTabs } from '../text-tabs/text-tabs.tsx';

/** A dataset of this computer, or one in NDI Cloud by its id. */
export type Cited = { readonly path: string } | { readonly cloudDatasetId: string };

/** A citation in three formats, each to be copied or saved. */
export function CitationView({ cited }: { readonly cited: Cited }) {
  const answer = useAnswer(`cite ${JSON.stringify(cited)}`, (signal) => client.cloudPublish.cite(cited, { signal }));
  if (answer.status === 'loading') return <LoadingState what={t('Looking the dataset up…')} lines={3} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} inline />;
  const form = (format: keyof Citation, name: string, ending: string) => ({
    name,
    label: t('Citation as {{format}}', { format: name }),
    text: answer.value[format],
    fileName: `citation.${ending}`,
  });
  return (
    <TextTabs
      label={t('Format of the citation')}
      forms={[form('text', t('Text'), 'txt'), form('bibtex', t('BibTeX'), 'bib'), form('ris', t('RIS'), 'ris')]}
    />
  );
}

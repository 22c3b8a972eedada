import { t } from '../../texts/translate.ts';
import { modals } from '../modals.ts';
import { CitationView, type Cited } from './citation-view.tsx';

/** Shows how a dataset is cited, to be copied. */
export function showCitation(cited: Cited): void {
  modals.open({
    title: t('Cite this dataset'),
    size: 'lg',
    closeButtonProps: { 'aria-label': t('Close') },
    children: <CitationView cited={cited} />,
  });
}

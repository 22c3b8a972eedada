import { useMemo } from 'react';
import { t } from '../../texts/translate.ts';

/**
 * The words of React Flow in the language of the page. Its own tell screen readers of moving and deleting nodes, which
 * our graphs do not do.
 */
export function useGraphWords() {
  const zoomIn = t('Zoom in');
  return useMemo(
    () => ({
      'controls.zoomIn.ariaLabel': zoomIn,
      'controls.zoomOut.ariaLabel': t('Zoom out'),
      'controls.fitView.ariaLabel': t('Fit the whole graph'),
      'node.a11yDescription.default': t('Enter or the space bar chooses it.'),
      'node.a11yDescription.keyboardDisabled': t('Enter or the space bar chooses it.'),
      'edge.a11yDescription.default': t('Enter or the space bar chooses it.'),
    }),
    // Another language changes every word.
    [zoomIn],
  );
}

import type { ElementInfo } from '../../shared/contract/elements.ts';
import { client } from './client.ts';
import { showError, showMessage } from './messages.ts';
import { openPanel } from './panels.ts';
import type { Place } from './place.ts';
import { t } from '../texts/translate.ts';

type Named = Pick<ElementInfo, 'id' | 'name' | 'reference'>;

/** How a source names an element. Two may share a name: the id of its document is exact, where there is one. */
const wordFor = ({ id, name, reference }: Named): string => id ?? `${name} | ${reference}`;

/** Opens the first epoch of a probe or element as traces; does nothing where it has none. */
export function openElementSignals(place: Place, element: Named & Pick<ElementInfo, 'epochs'>): void {
  const [first] = element.epochs;
  if (first === undefined) return;
  const device = first.device === null ? {} : { device: first.device };
  openPanel('traces', { source: { ...place, element: wordFor(element), ...device, epoch: first.epochId } });
}

/** The same for one whose epochs are not known yet. */
export async function findAndOpenSignals(place: Place, element: Named): Promise<void> {
  try {
    const [found] = await client.elements.list({ ...place, element: wordFor(element) });
    if (found !== undefined && found.epochs.length > 0) openElementSignals(place, found);
    else showMessage({ tone: 'info', title: t('Nothing of it was recorded or stored yet.') });
  } catch (thrown) {
    showError(thrown);
  }
}

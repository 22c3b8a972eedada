import { modals } from '../../../components/modals.ts';
import type { Place } from '../../../state/place.ts';
import { t } from '../../../texts/translate.ts';
import { AddEpochForm } from './add-epoch-form.tsx';
import { DeriveForm } from './derive-form.tsx';
import type { NamedElement } from './named-element.ts';

/** Asks what is to be made of a probe or element. @param sources what it could be made of */
export function askToDerive(place: Place, sources: readonly NamedElement[], source: NamedElement): void {
  const modal = modals.open({
    title: t('Derive an element'),
    size: 'lg',
    closeButtonProps: { 'aria-label': t('Close') },
    children: <DeriveForm place={place} sources={sources} source={source} onClose={() => modals.close(modal)} />,
  });
}

/** Asks for an epoch of an element. @param elements those that hold epochs of their own */
export function askForEpoch(place: Place, elements: readonly NamedElement[], element: NamedElement): void {
  const modal = modals.open({
    title: t('Add an epoch'),
    size: 'lg',
    closeButtonProps: { 'aria-label': t('Close') },
    children: <AddEpochForm place={place} elements={elements} element={element} onClose={() => modals.close(modal)} />,
  });
}

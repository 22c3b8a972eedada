import type { ElementInfo } from '../../../../shared/contract/elements.ts';
import type { DataTableColumn } from '../../../components/table/columns.ts';
import { t } from '../../../texts/translate.ts';
import { count, documentOf, signalsOf, text } from '../part-columns.tsx';

interface ElementRow {
  readonly element: ElementInfo;
  /** `cortex | 1`; empty where it stands on none. */
  readonly underlying: string;
}

/** The elements that are no probes, each with the name of what it stands on. */
export function elementRows(elements: readonly ElementInfo[]): ElementRow[] {
  const names = new Map(elements.map(({ id, name, reference }) => [id, `${name} | ${reference}`]));
  return elements
    .filter(({ probe }) => !probe)
    .map((element) => {
      const { underlyingId } = element;
      return { element, underlying: underlyingId === null ? '' : (names.get(underlyingId) ?? underlyingId) };
    });
}

export function elementColumns(
  openDocument: (id: string) => void,
  openSignals: (element: ElementInfo) => void,
): readonly DataTableColumn<ElementRow>[] {
  return [
    text('name', t('Name'), 110, 2, ({ element }) => element.name),
    count('reference', t('Reference'), ({ element }) => element.reference),
    text('type', t('Type'), 90, 1, ({ element }) => element.type),
    text('underlying', t('Derived from'), 110, 2, ({ underlying }) => underlying),
    count('epochs', t('Epochs'), ({ element }) => element.epochs.length),
    signalsOf(
      ({ element }) => element,
      ({ element }) => element.epochs.length > 0,
      ({ element }) => openSignals(element),
    ),
    documentOf(({ element }) => element.id, openDocument),
  ];
}

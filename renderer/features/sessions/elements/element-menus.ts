import type { ElementInfo } from '../../../../shared/contract/elements.ts';
import type { Probe } from '../../../../shared/contract/sessions.ts';
import { openContextMenu, type ContextMenuItem } from '../../../components/context-menu.tsx';
import type { Place } from '../../../state/place.ts';
import { t } from '../../../texts/translate.ts';
import { askForEpoch, askToDerive } from './element-dialogs.tsx';
import { labelOfElement, type NamedElement } from './named-element.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Ways<T> {
  readonly onOpenDocument: (id: string) => void;
  readonly openSignals: (element: T) => void;
}

/** What can be done with an element that is no probe. @param all elements of the session */
export function openElementMenu(
  place: Place,
  all: readonly ElementInfo[],
  element: ElementInfo,
  at: Point,
  ways: Ways<ElementInfo>,
): void {
  const own = all.filter(({ direct, probe }) => !direct && !probe);
  const sources = all.filter(({ epochs }) => epochs.length > 0);
  const addEpoch: ContextMenuItem = {
    ...{ label: t('Add an epoch…'), run: () => askForEpoch(place, own, element) },
    ...(element.direct ? { disabledReason: t('Its epochs are those of what it stands on') } : {}),
  };
  openMenu(element, element.epochs.length, at, ways, [
    derive(place, sources, element, element.epochs.length),
    addEpoch,
  ]);
}

export function openProbeMenu(place: Place, all: readonly Probe[], probe: Probe, at: Point, ways: Ways<Probe>): void {
  const sources = all.filter(({ epochs }) => epochs > 0);
  openMenu(probe, probe.epochs, at, ways, [derive(place, sources, probe, probe.epochs)]);
}

function openMenu<T extends NamedElement>(
  element: T,
  epochs: number,
  at: Point,
  { onOpenDocument, openSignals }: Ways<T>,
  changes: readonly ContextMenuItem[],
): void {
  const { id } = element;
  const show = { label: t('Show the signals'), run: () => openSignals(element), ...unless(epochs > 0) };
  const document = id === null ? [] : [{ label: t('Show the document'), run: () => onOpenDocument(id) }];
  openContextMenu(at, labelOfElement(element), [[show, ...document], changes]);
}

const derive = (place: Place, sources: readonly NamedElement[], element: NamedElement, epochs: number) => ({
  ...{ label: t('Derive an element…'), run: () => askToDerive(place, sources, element) },
  ...unless(epochs > 0),
});

const unless = (hasEpochs: boolean) => (hasEpochs ? {} : { disabledReason: t('It has no epochs') });

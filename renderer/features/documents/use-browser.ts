import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type DocumentsView, keepPanelParams, type PanelParams, usePanel } from '../../state/panels.ts';
import { currentVisit, noVisits, replaceVisit, step, visit, type VisitHistory } from './visit-history.ts';

type Params = PanelParams['documents'];

/** Where the browser stands, and the ways to go elsewhere. */
export interface Browser extends DocumentsView {
  readonly history: VisitHistory;
  /** Pixels of the list above what is in sight, where it begins again. */
  readonly startAt: () => number;
  readonly scrolledTo: (pixels: number) => void;
  /** Asks something else, or shows it in another way. */
  readonly change: (
    part: Partial<Pick<DocumentsView, 'class' | 'text' | 'query' | 'scope' | 'sort' | 'tab' | 'remote'>>,
  ) => void;
  readonly chooseSession: (id: string | undefined) => void;
  /** Shows a document of the list: it replaces the one that came from the list before. */
  readonly pick: (id: string) => void;
  /** Follows a link to a document: the way back stays. */
  readonly visit: (id: string) => void;
  readonly step: (by: -1 | 1) => void;
}

interface Place {
  /** The parameters that were followed last. */
  readonly followed: Params;
  readonly view: DocumentsView;
  readonly history: VisitHistory;
  /** Whether the current document was picked from the list. */
  readonly picked: boolean;
}

/**
 * The state of a document browser. It goes on where it was left, also after its tab or the window was away;
 * parameters without a view (a link from elsewhere) lead it to what they ask for.
 */
export function useBrowser(params: Params): Browser {
  const [kept, setPlace] = useState<Place>(() => placeOf(params));
  const scrollPlace = useRef(kept.view.scrolled);
  const arrived = kept.followed !== params && params.view === undefined;
  const place = arrived ? followed(kept, params) : kept;
  if (arrived) setPlace(place);
  useKeptView(params, place, scrollPlace);

  const change = useCallback<Browser['change']>((part) => {
    setPlace((before) => ({ ...before, view: { ...before.view, ...part } }));
  }, []);
  const chooseSession = useCallback((sessionId: string | undefined) => {
    setPlace((before) => ({ ...before, view: { ...before.view, sessionId, class: undefined } }));
  }, []);
  const pick = useCallback((id: string) => {
    setPlace((before) => {
      const history = before.picked ? replaceVisit(before.history, id) : visit(before.history, id);
      return { ...before, history, picked: true };
    });
  }, []);
  const follow = useCallback((id: string) => {
    setPlace((before) => ({ ...before, history: visit(before.history, id), picked: false }));
  }, []);
  const stepBy = useCallback((by: -1 | 1) => {
    setPlace((before) => ({ ...before, history: step(before.history, by), picked: false }));
  }, []);
  const startAt = useCallback(() => scrollPlace.current, []);
  const scrolledTo = useCallback((pixels: number) => {
    scrollPlace.current = pixels;
  }, []);
  return useMemo(
    () => ({
      ...place.view,
      documentId: currentVisit(place.history),
      history: place.history,
      startAt,
      scrolledTo,
      change,
      chooseSession,
      pick,
      visit: follow,
      step: stepBy,
    }),
    [place, startAt, scrolledTo, change, chooseSession, pick, follow, stepBy],
  );
}

/** Keeps the view with the layout of the window, as it changes and when the tab is left. */
function useKeptView({ path, sessionId }: Params, { view, history }: Place, scrollPlace: RefObject<number>): void {
  const id = usePanel()?.id;
  const documentId = currentVisit(history);
  const keep = useRef<() => void>(undefined);
  useEffect(() => {
    keep.current = () => {
      if (id === undefined) return;
      keepPanelParams(id, {
        path,
        ...(sessionId === undefined ? {} : { sessionId }),
        ...(view.class === undefined ? {} : { class: view.class }),
        view: { ...view, documentId, scrolled: scrollPlace.current },
      });
    };
    keep.current();
  }, [id, path, sessionId, view, documentId, scrollPlace]);
  useEffect(() => () => keep.current?.(), []);
}

function placeOf(params: Params): Place {
  const kept = soundView(params.view);
  if (kept === undefined) return followed({ followed: params, view: blank, history: noVisits, picked: false }, params);
  const history = kept.documentId === undefined ? noVisits : visit(noVisits, kept.documentId);
  return { followed: params, view: kept, history, picked: false };
}

const blank: DocumentsView = {
  sessionId: undefined,
  class: undefined,
  documentId: undefined,
  text: '',
  query: [],
  scope: 'here',
  sort: { column: 'datestamp', descending: false },
  tab: 'form',
  scrolled: 0,
};

/** Parameters that name a list ask for that list; those that name a document leave the list as it is. */
function followed(before: Place, params: Params): Place {
  const isFirst = before.view === blank;
  const asksForList = [params.class, params.text, params.query, params.find].some((one) => one !== undefined);
  const view: DocumentsView =
    isFirst || asksForList
      ? {
          ...before.view,
          sessionId: params.sessionId,
          class: params.class,
          text: params.text ?? params.find?.text ?? '',
          query: params.query ?? [],
          scope: 'here',
        }
      : before.view;
  const { documentId } = params;
  const history = documentId === undefined ? before.history : visit(before.history, documentId);
  return { followed: params, view, history, picked: documentId === undefined && before.picked };
}

/** A kept view that this version understands. */
function soundView(kept: unknown): DocumentsView | undefined {
  const view = kept as Partial<Record<keyof DocumentsView, unknown>> | undefined;
  if (view === undefined) return undefined;
  const isText = (value: unknown) => typeof value === 'string';
  const isSound =
    [view.sessionId, view.class, view.documentId].every((value) => value === undefined || isText(value)) &&
    [view.text, view.tab].every(isText) &&
    ['here', 'local', 'cloud'].includes(view.scope as string) &&
    Array.isArray(view.query) &&
    isText((view.sort as Partial<DocumentsView['sort']> | undefined)?.column) &&
    typeof view.scrolled === 'number';
  return isSound ? (view as DocumentsView) : undefined;
}

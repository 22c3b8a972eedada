import { useCallback, useMemo, useState } from 'react';
import type { PanelParams } from '../../state/panels.ts';
import { currentVisit, noVisits, replaceVisit, step, visit, type VisitHistory } from './visit-history.ts';

/** Where the browser stands, and the ways to go elsewhere. */
export interface Browser {
  readonly sessionId: string | undefined;
  readonly class: string | undefined;
  readonly documentId: string | undefined;
  /** Text for which a link from elsewhere asks; another object each time. */
  readonly find: PanelParams['documents']['find'];
  readonly history: VisitHistory;
  readonly chooseSession: (id: string | undefined) => void;
  readonly chooseClass: (className: string | undefined) => void;
  /** Shows a document of the list: it replaces the one that came from the list before. */
  readonly pick: (id: string) => void;
  /** Follows a link to a document: the way back stays. */
  readonly visit: (id: string) => void;
  readonly step: (by: -1 | 1) => void;
}

interface Place {
  readonly params: PanelParams['documents'];
  readonly sessionId: string | undefined;
  readonly class: string | undefined;
  readonly history: VisitHistory;
  /** Whether the current document was picked from the list. */
  readonly picked: boolean;
}

/** The state of a document browser; parameters that change (a link from elsewhere) lead it there. */
export function useBrowser(params: PanelParams['documents']): Browser {
  const [kept, setPlace] = useState<Place>(() => placeOf(params, noVisits));
  const arrived = kept.params !== params && !sameParams(kept.params, params);
  const place = arrived ? placeOf(params, kept.history) : kept;
  if (arrived) setPlace(place);

  const chooseSession = useCallback((sessionId: string | undefined) => {
    setPlace((before) => ({ ...before, sessionId, class: undefined }));
  }, []);
  const chooseClass = useCallback((className: string | undefined) => {
    setPlace((before) => ({ ...before, class: className }));
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
  return useMemo(
    () => ({
      sessionId: place.sessionId,
      class: place.class,
      documentId: currentVisit(place.history),
      find: place.params.find,
      history: place.history,
      chooseSession,
      chooseClass,
      pick,
      visit: follow,
      step: stepBy,
    }),
    [place, chooseSession, chooseClass, pick, follow, stepBy],
  );
}

function placeOf(params: PanelParams['documents'], history: VisitHistory): Place {
  return {
    params,
    sessionId: params.sessionId,
    class: params.class,
    history: params.documentId === undefined ? history : visit(history, params.documentId),
    picked: false,
  };
}

function sameParams(a: PanelParams['documents'], b: PanelParams['documents']): boolean {
  const same = (name: keyof PanelParams['documents']) => a[name] === b[name];
  return (['path', 'sessionId', 'class', 'documentId', 'find'] as const).every(same);
}

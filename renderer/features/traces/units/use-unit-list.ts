import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { UnitList } from '../../../../shared/contract/units.ts';
import { client } from '../../../state/client.ts';
import { useRevision } from '../../../state/edits.ts';
import { useAnswer, type Answer } from '../../../state/use-answer.ts';
import type { TraceStore } from '../trace-store.ts';

const none: UnitList = { units: [], problems: [] };

/** The sorted units of the source, looked for once somebody wants to see them; the store has them for all who draw. */
export function useUnitList(store: TraceStore, visible: boolean): Answer<UnitList> {
  const source = useStore(store, (state) => state.source);
  const wanted = useStore(store, ({ settings: { units } }) => units.open || units.shown.length > 0);
  const key = ['units', JSON.stringify(source), useRevision(source.path), visible && wanted].join('\n');
  const answer = useAnswer(
    key,
    (signal) => (visible && wanted ? client.units.list({ source }, { signal }) : Promise.resolve(none)),
    { keepLast: true },
  );
  const units = answer.status === 'ready' && answer.value !== none ? answer.value.units : null;
  useEffect(() => {
    if (units !== null) store.setState({ units });
  }, [store, units]);
  return answer;
}

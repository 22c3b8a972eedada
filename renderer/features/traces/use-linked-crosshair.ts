import { useEffect } from 'react';
import { pointTo, useLinkedTime } from '../../state/linked-time.ts';
import { momentHere } from './model/other-clocks.ts';
import type { TraceStore } from './trace-store.ts';

/** Shows where other views of the session point to, on the clock of this one, and tells them where this one does. */
export function useLinkedCrosshair(store: TraceStore, visible: boolean): void {
  useEffect(() => {
    if (!visible) return;
    const show = ({ moment, view }: ReturnType<typeof useLinkedTime.getState>) => {
      const state = store.getState();
      const linked = moment === null || view === store ? null : momentHere(state, moment);
      if (linked !== state.linked) store.setState({ linked });
    };
    show(useLinkedTime.getState());
    const endLinked = useLinkedTime.subscribe(show);
    const endOwn = store.subscribe((state, before) => {
      if (state.hover === before.hover && state.cursor === before.cursor) return;
      const place = state.hover ?? state.cursor;
      pointTo(store, place === null ? null : { source: state.source, time: place.time });
    });
    return () => {
      endLinked();
      endOwn();
      pointTo(store, null);
      store.setState({ linked: null });
    };
  }, [store, visible]);
}

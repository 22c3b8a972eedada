import { useEffect } from 'react';
import { pointTo, useLinkedTime } from '../../state/linked-time.ts';
import { clamped, span } from './model/range.ts';
import { momentHere } from './model/other-clocks.ts';
import { goTo, type TraceStore } from './trace-store.ts';

/** Shows where other views of the session point to, on the clock of this one, and tells them where this one does. */
export function useLinkedCrosshair(store: TraceStore, visible: boolean): void {
  useEffect(() => {
    if (!visible) return;
    const show = ({ moment, view }: ReturnType<typeof useLinkedTime.getState>) => {
      const state = store.getState();
      const linked = moment === null || view === store ? null : momentHere(state, moment);
      if (linked !== state.linked) store.setState({ linked });
      const { range, extent } = state;
      const isAway = linked !== null && (linked < range.t0 || linked >= range.t1);
      if (moment?.leads !== true || !isAway || linked < extent.t0 || linked > extent.t1) return;
      goTo(store, clamped({ t0: linked - span(range) / 2, t1: linked + span(range) / 2 }, extent), 'repeat');
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

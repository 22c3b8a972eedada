import { create } from 'zustand';
import type { LinkedTime } from './shared-time.ts';
import { hearWindows, tellWindows } from './window-channel.ts';

interface LinkedTimeState {
  readonly moment: LinkedTime | null;
  /** Tells one view from another of the same source. */
  readonly view: object | null;
}

export const useLinkedTime = create<LinkedTimeState>()(() => ({ moment: null, view: null }));

/** Says where a view points; null when it no longer does. A view that does not point takes nobody else's moment away. */
export function pointTo(view: object, moment: LinkedTime | null): void {
  const now = useLinkedTime.getState();
  if (moment === null && now.view !== view) return;
  show(view, moment);
  tellWindows({ type: 'points', moment });
}

/** Stands for the view of another window that points. */
const elsewhere = {};

/** Shows where the views of other windows point; returns the way to stop. */
export function followLinkedTime(): () => void {
  return hearWindows((message) => {
    if (message.type !== 'points') return;
    if (message.moment !== null || useLinkedTime.getState().view === elsewhere) show(elsewhere, message.moment);
  });
}

function show(view: object, moment: LinkedTime | null): void {
  useLinkedTime.setState(moment === null ? { moment: null, view: null } : { moment, view });
}

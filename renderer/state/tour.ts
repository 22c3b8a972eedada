import { create } from 'zustand';

/** Whether the tour is under way. */
export const useTour = create<{ readonly active: boolean }>()(() => ({ active: false }));

export function startTour(): void {
  useTour.setState({ active: true });
}

export function endTour(): void {
  useTour.setState({ active: false });
}

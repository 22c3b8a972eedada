import { create } from 'zustand';

/** The panels of this main window that are shown by windows of their own: panel to window. */
export const useAway = create<{ readonly windows: Readonly<Record<string, string>> }>()(() => ({ windows: {} }));

/** The window that shows a panel instead of this one. */
export function useAwayWindow(panelId: string): string | undefined {
  return useAway((state) => state.windows[panelId]);
}

export function awayWindow(panelId: string): string | undefined {
  return useAway.getState().windows[panelId];
}

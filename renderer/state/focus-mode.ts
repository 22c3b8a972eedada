import { create } from 'zustand';

/** Whether everything but one view is hidden. */
export const useFocusMode = create<{ readonly on: boolean }>()(() => ({ on: false }));

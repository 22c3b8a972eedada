import { modals as mantine } from '@mantine/modals';
import { randomId } from '@mantine/hooks';
import { useEffect } from 'react';

type Settings = Parameters<typeof mantine.open>[0];

let stands = false;
let waiting: { readonly id: string; readonly settings: Settings }[] = [];

/**
 * Dialogs over the window. What draws them is fetched when the window stands and hears only what is asked from then on:
 * what is asked earlier waits here for it.
 */
export const modals = {
  /** Opens a dialog; gives its id. */
  open(settings: Settings): string {
    const id = randomId();
    if (stands) mantine.open({ ...settings, modalId: id });
    else waiting.push({ id, settings });
    return id;
  },
  close(id: string): void {
    waiting = waiting.filter((one) => one.id !== id);
    mantine.close(id);
  },
};

/** Stands beside Mantine's provider of dialogs, whose effects come first: from now on it hears. */
export function ModalsStand() {
  useEffect(() => {
    stands = true;
    const asked = waiting;
    waiting = [];
    for (const { id, settings } of asked) mantine.open({ ...settings, modalId: id });
    return () => {
      stands = false;
    };
  }, []);
  return null;
}

import { create } from 'zustand';
import type { Settings } from '../../shared/contract/application.ts';
import { defaultSettings } from '../../shared/model/default-settings.ts';
import { client } from './client.ts';
import { useConnection } from './connection.ts';
import { showError } from './messages.ts';
import { hearWindows, tellWindows } from './window-channel.ts';

interface SettingsState {
  readonly settings: Settings;
  /** False until the services told the settings. */
  readonly known: boolean;
}

/** The settings as the services keep them; a change shows at once and is taken back if it cannot be kept. */
export const useSettings = create<SettingsState>()(() => ({ settings: defaultSettings, known: false }));

/** Reads the settings now, after every new connection (another door may have changed them) and when another window has changed them. */
export function startSettings(): void {
  useConnection.subscribe((now, before) => {
    if (now.generation !== before.generation) void read();
  });
  hearWindows(({ type }) => {
    if (type === 'settings') void read();
  });
  void read();
}

export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const before = useSettings.getState().settings;
  useSettings.setState({ settings: { ...before, ...change } });
  await keep(() => client.settings.set(change), before);
}

export async function resetSettings(): Promise<void> {
  const before = useSettings.getState().settings;
  useSettings.setState({ settings: defaultSettings });
  await keep(() => client.settings.reset(), before);
}

async function keep(call: () => Promise<Settings>, before: Settings): Promise<void> {
  try {
    useSettings.setState({ settings: await call(), known: true });
    tellWindows({ type: 'settings' });
  } catch (thrown) {
    useSettings.setState({ settings: before });
    showError(thrown);
  }
}

async function read(): Promise<void> {
  try {
    useSettings.setState({ settings: await client.settings.get(), known: true });
  } catch {
    // Without an answer the defaults hold; the connection banner tells why, and the next connection reads again.
  }
}

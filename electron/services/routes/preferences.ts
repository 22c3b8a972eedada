import { Preferences } from '../../ndi/preferences.ts';
import { os } from './implementer.ts';

export function preferencesRoutes() {
  const preferences = new Preferences();
  const all = () => ({ file: preferences.file, preferences: preferences.list() });
  return {
    preferences: {
      list: os.preferences.list.handler(all),
      set: os.preferences.set.handler(({ input }) => {
        preferences.set(input.path, input.value);
        return all();
      }),
      reset: os.preferences.reset.handler(({ input }) => {
        preferences.reset(input.path);
        return all();
      }),
    },
  };
}

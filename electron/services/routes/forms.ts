import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function formRoutes({ forms }: Services) {
  return {
    forms: {
      classes: os.forms.classes.handler(() => forms.classes()),
      form: os.forms.form.handler(({ input }) => forms.form(input)),
      check: os.forms.check.handler(({ input }) => forms.check(input)),
    },
  };
}

import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function subjectRoutes({ subjects }: Services) {
  return {
    subjects: {
      describe: os.subjects.describe.handler(({ input }) => subjects.describe(input)),
      set: os.subjects.set.handler(({ input, signal }) => subjects.set(input, signal)),
      previewTreatments: os.subjects.previewTreatments.handler(({ input }) => subjects.previewTreatments(input)),
      importTreatments: os.subjects.importTreatments.handler(({ input }) => subjects.importTreatments(input)),
    },
  };
}

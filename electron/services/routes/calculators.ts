import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function calculatorRoutes({ calculators, cloud: { files } }: Services) {
  return {
    calculators: {
      run: os.calculators.run.handler(({ input, signal }) =>
        files.onDemand(() => calculators.run(input, signal), signal),
      ),
    },
  };
}

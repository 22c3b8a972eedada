import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function elementRoutes({ elements, derivedElements, cloud: { files } }: Services) {
  return {
    elements: { list: os.elements.list.handler(({ input, signal }) => elements.list(input, signal)) },
    derivedElements: {
      plan: os.derivedElements.plan.handler(({ input, signal }) =>
        files.onDemand(() => derivedElements.plan(input, signal), signal),
      ),
      make: os.derivedElements.make.handler(({ input, signal }) =>
        files.onDemand(() => derivedElements.make(input, signal), signal),
      ),
    },
  };
}

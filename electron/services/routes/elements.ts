import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function elementRoutes({ elements, derivedElements }: Services) {
  return {
    elements: { list: os.elements.list.handler(({ input, signal }) => elements.list(input, signal)) },
    derivedElements: {
      plan: os.derivedElements.plan.handler(({ input, signal }) => derivedElements.plan(input, signal)),
      make: os.derivedElements.make.handler(({ input, signal }) => derivedElements.make(input, signal)),
    },
  };
}

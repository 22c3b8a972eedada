import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function elementRoutes({ elements }: Services) {
  return { elements: { list: os.elements.list.handler(({ input, signal }) => elements.list(input, signal)) } };
}

import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function cloudPublishRoutes({ cloud: { publishing } }: Services) {
  return {
    cloudPublish: {
      state: os.cloudPublish.state.handler(({ input, signal }) => publishing.state(input.path, signal)),
      act: os.cloudPublish.act.handler(({ input, signal }) => publishing.act(input.path, input.act, signal)),
      branch: os.cloudPublish.branch.handler(({ input, signal }) => publishing.branch(input.path, input.name, signal)),
      depositXml: os.cloudPublish.depositXml.handler(({ input, signal }) =>
        publishing.depositXml(input.path, input.email, signal),
      ),
    },
  };
}

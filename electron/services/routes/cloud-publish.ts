import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function cloudPublishRoutes({ cloud: { publishing, dois, citing } }: Services) {
  const { cloudPublish } = os;
  return {
    cloudPublish: {
      state: cloudPublish.state.handler(({ input, signal }) => publishing.state(input.path, input.validate, signal)),
      act: cloudPublish.act.handler(({ input, signal }) => publishing.act(input.path, input.act, signal)),
      sendDescription: cloudPublish.sendDescription.handler(({ input, signal }) =>
        publishing.sendDescription(input.path, signal),
      ),
      removePlaceholder: cloudPublish.removePlaceholder.handler(({ input, signal }) =>
        publishing.removePlaceholder(input.path, signal),
      ),
      branch: cloudPublish.branch.handler(({ input, signal }) => publishing.branch(input.path, input.name, signal)),
      branches: cloudPublish.branches.handler(({ input, signal }) => publishing.branches(input.path, signal)),
      doi: cloudPublish.doi.handler(({ input, signal }) => dois.state(input.path, signal)),
      doiXml: cloudPublish.doiXml.handler(({ input, signal }) => dois.xml(input.path, input.email, signal)),
      deposit: cloudPublish.deposit.handler(({ input, signal }) => dois.deposit(input, signal)),
      checkDeposit: cloudPublish.checkDeposit.handler(({ input, signal }) => dois.check(input.path, signal)),
      cite: cloudPublish.cite.handler(({ input, signal }) => citing.cite(input, signal)),
    },
  };
}

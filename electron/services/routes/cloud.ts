import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function cloudRoutes({ cloud: { accounts, requests, datasets, documents } }: Services) {
  const { profiles } = accounts;
  return {
    cloud: {
      account: os.cloud.account.handler(() => accounts.account()),
      watchAccount: os.cloud.watchAccount.handler(({ signal }) => accounts.watch(signal)),
      signIn: os.cloud.signIn.handler(({ input, signal }) => accounts.signIn(input, signal)),
      signOut: os.cloud.signOut.handler(() => accounts.signOut()),
      probe: os.cloud.probe.handler(({ input, signal }) => accounts.probe(input.email ?? null, signal)),
      organizations: os.cloud.organizations.handler(({ signal }) => accounts.organizations(signal)),
      chooseOrganization: os.cloud.chooseOrganization.handler(({ input, signal }) =>
        accounts.chooseOrganization(input.organizationId, signal),
      ),
      profiles: os.cloud.profiles.handler(() => ({
        profiles: profiles.list(),
        currentId: profiles.current()?.id ?? null,
        defaultId: profiles.defaultId,
      })),
      useProfile: os.cloud.useProfile.handler(({ input }) => accounts.useProfile(input.id, input.keepToken)),
      setDefaultProfile: os.cloud.setDefaultProfile.handler(({ input }) => {
        profiles.setDefault(input.id);
        return { done: true };
      }),
      removeProfile: os.cloud.removeProfile.handler(async ({ input }) => {
        await accounts.removeProfile(input.id);
        return { done: true };
      }),
      createAccount: os.cloud.createAccount.handler(({ input, signal }) => requests.create(input, signal)),
      resendCode: os.cloud.resendCode.handler(({ input, signal }) => requests.resendCode(input, signal)),
      confirmAccount: os.cloud.confirmAccount.handler(({ input, signal }) => requests.confirm(input, signal)),
      forgotPassword: os.cloud.forgotPassword.handler(({ input, signal }) => requests.forgotPassword(input, signal)),
      resetPassword: os.cloud.resetPassword.handler(({ input, signal }) => requests.resetPassword(input, signal)),
      changePassword: os.cloud.changePassword.handler(({ input, signal }) => requests.changePassword(input, signal)),
      documents: os.cloud.documents.handler(({ input, signal }) => datasets.documents(input, signal)),
      document: os.cloud.document.handler(({ input, signal }) => documents.get(input, signal)),
      datasets: os.cloud.datasets.handler(({ input, signal }) => datasets.list(input, signal)),
      findDocuments: os.cloud.findDocuments.handler(({ input, signal }) => documents.find(input, signal)),
    },
  };
}

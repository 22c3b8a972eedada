import { NdiError } from '../../../../shared/model/errors.ts';
import { listOf, type CloudUser, type Organization } from '../api/shapes.ts';

/** Organizations of a user that have an id. */
export function organizationsOf(user: CloudUser): Organization[] {
  return listOf(user.organizations).filter(({ id }) => typeof id === 'string' && id !== '');
}

/** The name, or the id where it has none; both where two have the same name. */
export function organizationLabels(organizations: readonly Organization[]): string[] {
  const names = organizations.map(({ id, name }) => name || id);
  return names.map((name, i) => {
    const isShared = names.filter((other) => other === name).length > 1;
    return isShared ? `${name}  (${organizations[i]?.id ?? ''})` : name;
  });
}

/**
 * The organization to work in: the one chosen, or the only one.
 * @throws NdiError auth.noOrganization, auth.chooseOrganization (details: ids and labels)
 */
export function chosenOrganization(user: CloudUser, chosenId: string | null): Organization {
  const organizations = organizationsOf(user);
  const [only, ...others] = organizations;
  if (only === undefined) {
    throw new NdiError({
      code: 'auth.noOrganization',
      message: `The account ${user.email} belongs to no organization.`,
      recovery: 'Ask the administrator of your organization, or NDI Cloud’s support.',
    });
  }
  const chosen = organizations.find(({ id }) => id === chosenId);
  if (chosen !== undefined) return chosen;
  if (others.length === 0) return only;
  const labels = organizationLabels(organizations);
  const named = organizations.map(({ id, name }) => `${name ?? ''} (${id})`.trim());
  throw new NdiError({
    code: 'auth.chooseOrganization',
    message: `The account ${user.email} belongs to several organizations: ${named.join(', ')}.`,
    recovery: 'Choose one of them.',
    details: { organizationIds: organizations.map(({ id }) => id), organizationLabels: labels },
  });
}

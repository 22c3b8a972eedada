import { Option } from 'commander';
import { integer } from './options.ts';
import type { Declaration } from './declaration.ts';

/** Which of several accounts a command of NDI Cloud is for. */
export const profileOption = () => new Option('--profile <name>', 'account to use, by its name or e-mail address');

/** Accounts and datasets of NDI Cloud. */
export const cloudDeclarations: readonly Declaration<never>[] = [
  {
    group: 'cloud',
    usage: 'login',
    does: 'Sign in; the password is asked for, read from standard input or from NDI_CLOUD_PASSWORD',
    example: 'ndi cloud login --email ada@example.org',
    options: [
      new Option('--email <address>', 'e-mail address of the account; NDI_CLOUD_USERNAME without it'),
      new Option('--server <address>', 'production, development, or the address of another server'),
      new Option('--organization <id>', 'where the account has several'),
      new Option('--profile <name>', 'name for the account, to keep several'),
      new Option('--password-stdin', 'read the password from standard input'),
      new Option('--no-remember', 'do not keep the password: the session ends within the hour'),
    ],
    load: async () => (await import('../commands/cloud-account.ts')).login,
  },
  {
    group: 'cloud',
    usage: 'logout',
    does: 'Sign out, and forget the password',
    example: 'ndi cloud logout',
    options: [profileOption()],
    load: async () => (await import('../commands/cloud-account.ts')).logout,
  },
  {
    group: 'cloud',
    usage: 'whoami',
    does: 'Tell who is signed in, where and until when; asks the server',
    example: 'ndi cloud whoami --json',
    options: [profileOption()],
    load: async () => (await import('../commands/cloud-account.ts')).whoami,
  },
  {
    group: 'cloud',
    usage: 'datasets',
    does: 'List the datasets of your organization, or the published or deleted ones',
    example: 'ndi cloud datasets --public --search ferret',
    options: [
      new Option('--public', 'published datasets of everybody; works signed out').conflicts(['deleted', 'submitted']),
      new Option('--submitted', 'datasets that wait for publication').conflicts(['deleted']),
      new Option('--deleted', 'datasets that can still be restored'),
      new Option('--search <words>', 'only those whose name, abstract, authors or id hold the words').default(''),
      profileOption(),
    ],
    load: async () => (await import('../commands/cloud-datasets.ts')).cloudDatasets,
  },
  {
    group: 'cloud',
    usage: 'documents <id>',
    does: 'List the documents of a dataset in the cloud without fetching it; works signed out for published ones',
    example: 'ndi cloud documents 668b0539f13096e04f1feccd --isa element',
    options: [
      new Option('--isa <class>', 'only those of this class or one derived from it'),
      new Option('--limit <n>', 'how many at most').argParser(integer).default(1000),
      profileOption(),
    ],
    load: async () => (await import('../commands/cloud-datasets.ts')).cloudDocuments,
  },
];

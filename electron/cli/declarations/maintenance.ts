import { Option } from 'commander';
import type { Declaration } from './declaration.ts';

/** What keeps a session or dataset sound. */
export const maintenanceDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'check <path>',
    does: 'Look through database, documents and files of a session or dataset; repair what needs no decision',
    example: 'ndi check ~/ndi-demo --repair',
    options: [
      new Option('--repair', 'repair what needs no decision, after a backup'),
      new Option('--restore <backup>', 'undo a repair: put everything back to a backup').conflicts('repair'),
    ],
    load: async () => (await import('../commands/maintenance.ts')).check,
  },
  {
    usage: 'backup <path> [target]',
    does: 'Back up a session or dataset to a new folder; without one it is kept with it, in little room',
    example: 'ndi backup ~/ndi-demo /media/disk/ndi-demo-2024-05-01',
    options: [new Option('--list', 'list the backups that are kept with it')],
    load: async () => (await import('../commands/maintenance.ts')).backup,
  },
  {
    usage: 'restore <path> <backup>',
    does: 'Put a session or dataset back to a backup; what is there now is kept as a backup',
    example: 'ndi restore ~/ndi-demo /media/disk/ndi-demo-2024-05-01',
    load: async () => (await import('../commands/maintenance.ts')).restore,
  },
  {
    usage: 'delete <path>',
    does: 'Take NDI’s data out of a folder: documents, stored files, backups. Recordings stay as they are',
    example: 'ndi delete ~/ndi-demo --yes',
    options: [
      new Option('--yes', 'do it; without it only what would go is told'),
      new Option('--for-good', 'do not keep what is deleted in the folder; otherwise --undo brings it back'),
      new Option('--undo', 'bring back what was deleted last').conflicts(['yes', 'forGood']),
    ],
    load: async () => (await import('../commands/delete-item.ts')).deleteItem,
  },
  {
    usage: 'compact <path>',
    does: 'Give the empty room in the database back to the disk, and tell what takes room',
    example: 'ndi compact ~/ndi-demo',
    load: async () => (await import('../commands/maintenance.ts')).compact,
  },
];

import type { ComponentType } from 'react';
import type { PanelKind, PanelParams } from '../state/panels.ts';
import { basename } from '../state/paths.ts';
import { t } from '../texts/translate.ts';

/** How a kind of panel is loaded and what its tab says until it names itself. */
interface PanelEntry<K extends PanelKind> {
  readonly load: () => Promise<{ default: ComponentType<{ params: PanelParams[K] }> }>;
  title(params: PanelParams[K]): string;
}

/** Every panel, each in a chunk of its own that is fetched when it first opens. */
export const panelTable: { readonly [K in PanelKind]: PanelEntry<K> } = {
  start: { load: () => import('../features/start/index.ts'), title: () => t('Start') },
  session: { load: () => import('../features/sessions/index.ts'), title: ({ path }) => basename(path) },
  documents: {
    load: () => import('../features/documents/index.ts'),
    title: ({ path, class: className }) => `${basename(path)}: ${className ?? t('documents')}`,
  },
  remoteDocument: {
    load: () => import('../features/documents/remote/index.ts'),
    title: () => t('Document in NDI Cloud'),
  },
  graph: {
    load: () => import('../features/document-graph/index.ts'),
    title: ({ path }) => t('{{name}}: graph', { name: basename(path) }),
  },
  tables: {
    load: () => import('../features/tables/index.ts'),
    title: ({ path }) => t('{{name}}: tables', { name: basename(path) }),
  },
  maintenance: {
    load: () => import('../features/maintenance/index.ts'),
    title: ({ path }) => t('{{name}}: check', { name: basename(path) }),
  },
  compare: {
    load: () => import('../features/compare/index.ts'),
    title: ({ path }) => t('{{name}}: comparison', { name: basename(path) }),
  },
  record: {
    load: () => import('../features/metadata/record/index.ts'),
    title: ({ class: className }) => className ?? t('New document'),
  },
  grid: {
    load: () => import('../features/metadata/grid/index.ts'),
    title: ({ class: className }) => className ?? t('Table of documents'),
  },
  metadata: {
    load: () => import('../features/metadata/dataset/index.ts'),
    title: ({ path }) => t('Description of {{name}}', { name: basename(path) }),
  },
  history: {
    load: () => import('../features/metadata/history/index.ts'),
    title: ({ path }) => t('History of {{name}}', { name: basename(path) }),
  },
  traces: {
    load: () => import('../features/traces/index.ts'),
    title: ({ source }) => [basename(source.path), source.device, source.epoch].filter(Boolean).join(' · '),
  },
  image: { load: () => import('../features/image/index.ts'), title: ({ source }) => basename(source.path) },
  timeline: {
    load: () => import('../features/timeline/index.ts'),
    title: ({ path }) => t('{{name}}: timeline', { name: basename(path) }),
  },
  import: {
    load: () => import('../features/import/index.ts'),
    title: ({ folder }) => t('Import {{folder}}', { folder: basename(folder) }),
  },
  sync: {
    load: () => import('../features/sync-graph/index.ts'),
    title: ({ path }) => t('{{name}}: clocks', { name: basename(path) }),
  },
  settings: { load: () => import('../features/settings/index.ts'), title: () => t('Settings') },
  cloud: { load: () => import('../features/cloud/index.ts'), title: () => t('NDI Cloud') },
  cloudSync: {
    load: () => import('../features/cloud-sync/index.ts'),
    title: ({ path }) => t('{{name}}: cloud', { name: basename(path) }),
  },
  publish: {
    load: () => import('../features/publish/index.ts'),
    title: ({ path }) => t('Publish {{name}}', { name: basename(path) }),
  },
  transfers: { load: () => import('../features/transfers/index.ts'), title: () => t('Transfers') },
  jobs: { load: () => import('../features/jobs/index.ts'), title: () => t('Jobs') },
  shortcuts: { load: () => import('../features/help/index.ts'), title: () => t('Keyboard shortcuts') },
};

import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { PanelKind, PanelParams } from '../state/panels.ts';
import { basename } from '../state/paths.ts';
import { t } from '../texts/translate.ts';

/** How a kind of panel is loaded and what its tab says until it names itself. */
interface PanelEntry<K extends PanelKind> {
  readonly component: LazyExoticComponent<ComponentType<{ params: PanelParams[K] }>>;
  title(params: PanelParams[K]): string;
}

/** Every panel, each in a chunk of its own that is fetched when it first opens. */
export const panelTable: { readonly [K in PanelKind]: PanelEntry<K> } = {
  start: { component: lazy(() => import('../features/start/index.ts')), title: () => t('Start') },
  session: { component: lazy(() => import('../features/sessions/index.ts')), title: ({ path }) => basename(path) },
  documents: {
    component: lazy(() => import('../features/documents/index.ts')),
    title: ({ path, class: className }) => `${basename(path)}: ${className ?? t('documents')}`,
  },
  traces: {
    component: lazy(() => import('../features/traces/index.ts')),
    title: ({ source }) => [basename(source.path), source.device, source.epoch].filter(Boolean).join(' · '),
  },
  import: {
    component: lazy(() => import('../features/import/index.ts')),
    title: ({ folder }) => t('Import {{folder}}', { folder: basename(folder) }),
  },
  settings: { component: lazy(() => import('../features/settings/index.ts')), title: () => t('Settings') },
  jobs: { component: lazy(() => import('../features/jobs/index.ts')), title: () => t('Jobs') },
  shortcuts: { component: lazy(() => import('../features/help/index.ts')), title: () => t('Keyboard shortcuts') },
};

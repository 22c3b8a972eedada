import { createContext, useContext, useEffect } from 'react';
import { create } from 'zustand';
import type { ImageSource } from '../../shared/contract/images.ts';
import type { SignalSource } from '../../shared/contract/recordings.ts';
import type { Query } from '../../shared/model/query.ts';

/** How a document browser was left: where it looks, what it asks, what it shows. */
export interface DocumentsView {
  readonly sessionId: string | undefined;
  readonly class: string | undefined;
  readonly documentId: string | undefined;
  readonly text: string;
  readonly query: Query;
  readonly scope: 'here' | 'local' | 'cloud';
  readonly sort: { readonly column: string; readonly descending: boolean };
  /** View of the document: form, JSON, files ... */
  readonly tab: string;
  /** Pixels of the list above what is in sight. */
  readonly scrolled: number;
  /** The document of the cloud that shows, while documents are looked for there. */
  readonly remote?: RemotePlace | undefined;
}

/** A document in the cloud, by its dataset and its address in it. */
export interface RemotePlace {
  readonly datasetId: string;
  readonly cloudId: string;
}

/** The kinds of panels and what each needs to know. */
export interface PanelParams {
  start: Record<string, never>;
  /** `sessionId` names one of a dataset's sessions. */
  session: { path: string; sessionId?: string };
  documents: {
    path: string;
    sessionId?: string;
    class?: string;
    documentId?: string;
    /** Text that the documents must hold. */
    find?: { readonly text: string };
    /** What is asked at first, by a link for instance. */
    text?: string;
    query?: Query;
    /** The browser goes on here. Parameters without it ask something of the browser, whatever it shows. */
    view?: DocumentsView;
  };
  /** A document in the cloud, to be read. */
  remoteDocument: RemotePlace;
  /** The dependencies around one document. */
  graph: { path: string; id: string };
  /** Subjects, probes or epochs as a table. */
  tables: { path: string; sessionId?: string };
  /** Check, repair, backups and room of a session or dataset. */
  maintenance: { path: string };
  /** How a session or dataset differs from another; without `other` it is chosen in the panel. */
  compare: { path: string; other?: string };
  /** One document: a new one of a class, a stored one, or a new one like a stored one. */
  record: { path: string; sessionId?: string; class?: string; id?: string; like?: string };
  /** Many documents of a class as a table that can be edited. */
  grid: { path: string; sessionId?: string; class?: string };
  history: { path: string };
  /** How the clocks of a session are related. */
  sync: { path: string; sessionId?: string };
  /** What describes a dataset: title, authors, license … */
  metadata: { path: string; field?: string };
  /** A picture or stack of frames. */
  image: { source: ImageSource };
  /** `toSpan`: it goes to what is chosen on a timeline when it opens. */
  traces: { source: SignalSource; toSpan?: boolean };
  /** The epochs of a session in lanes, with what is chosen of its time. */
  timeline: { path: string; sessionId?: string };
  import: {
    folder: string;
    /** A session to which the recordings are added, or a dataset to which the new session is linked. */
    into?: { readonly path: string; readonly kind: 'session' | 'dataset'; readonly name: string };
    /** Only these recordings were meant. */
    only?: readonly string[];
    /** Tables of trials that came with them. */
    tables?: readonly string[];
  };
  settings: { search?: string };
  jobs: Record<string, never>;
  /** `find` leads to a dataset; another object each time. */
  cloud: { find?: { readonly text: string; readonly list: 'mine' | 'public' } };
  /** A session or dataset and its copy in the cloud. */
  cloudSync: { path: string };
  /** What publishing a dataset needs. */
  publish: { path: string };
  transfers: Record<string, never>;
  /** `view`: the kind of view whose shortcuts come first. */
  shortcuts: { view?: string };
}

export type PanelKind = keyof PanelParams;

export interface OpenPanel<K extends PanelKind = PanelKind> {
  readonly id: string;
  readonly kind: K;
  readonly params: PanelParams[K];
}

export interface OpenPanelOptions {
  /** Where a new panel goes: a tab beside the focused one (default), a split of it, or the bottom of the window. */
  readonly place?: 'tab' | 'right' | 'below' | 'bottom';
  /** Opens another panel although one of this id is open. */
  readonly another?: boolean;
  /** Shows it beside, instead of the preview before it, while the focus stays where it is. */
  readonly preview?: boolean;
}

/** The part that lays the panels out; the workbench sets it when it stands. */
export interface PanelHost {
  open(panel: OpenPanel, options: OpenPanelOptions): void;
  close(id: string): void;
  /** Brings a panel to the front as it is, in whatever window it stands. */
  raise(id: string): void;
  /** Keeps what a panel shows now with the layout. */
  setParams(id: string, params: PanelParams[PanelKind]): void;
  setTitle(id: string, title: string): void;
}

interface PanelsState {
  readonly panels: readonly OpenPanel[];
  readonly activeId: string | null;
}

/** Which panels are open; written by the workbench only. */
export const usePanels = create<PanelsState>()(() => ({ panels: [], activeId: null }));

let host: PanelHost | undefined;
let waiting: (() => void)[] = [];

/** Used by the workbench: takes over the panels that were asked for before it stood. */
export function setPanelHost(next: PanelHost | undefined): void {
  host = next;
  if (host === undefined) return;
  const requests = waiting;
  waiting = [];
  for (const request of requests) request();
}

/** Opens a panel, or brings the one that shows the same thing to the front with the new parameters. */
export function openPanel<K extends PanelKind>(kind: K, params: PanelParams[K], options: OpenPanelOptions = {}): void {
  if (host === undefined) {
    waiting.push(() => {
      openPanel(kind, params, options);
    });
    return;
  }
  const id = panelId(kind, params);
  host.open({ id: options.another === true ? freeId(id) : id, kind, params }, options);
}

/** Closes a panel by its kind and parameters, or by its id. */
export function closePanel(id: string): void;
export function closePanel<K extends PanelKind>(kind: K, params: PanelParams[K]): void;
export function closePanel(kindOrId: string, params?: PanelParams[PanelKind]): void {
  host?.close(params === undefined ? kindOrId : panelId(kindOrId as PanelKind, params));
}

/** Brings an open panel to the front as it is. */
export function raisePanel(id: string): void {
  host?.raise(id);
}

/** Keeps what a panel shows now, so that it is there again when its tab or the window comes back. */
export function keepPanelParams(id: string, params: PanelParams[PanelKind]): void {
  host?.setParams(id, params);
}

export function setPanelTitle(id: string, title: string): void {
  host?.setTitle(id, title);
}

/** Two panels of one id show the same thing: the parameters that only say where to look in it are left out. */
export function panelId<K extends PanelKind>(kind: K, params: PanelParams[K]): string {
  switch (kind) {
    case 'session': {
      const { path, sessionId } = params as PanelParams['session'];
      return sessionId === undefined ? `session:${path}` : `session:${path}:${sessionId}`;
    }
    case 'documents': {
      const { path, sessionId } = params as PanelParams['documents'];
      return `documents:${path}:${sessionId ?? ''}`;
    }
    case 'record': {
      const { path, sessionId, id } = params as PanelParams['record'];
      return `record:${path}:${sessionId ?? ''}:${id ?? 'new'}`;
    }
    case 'grid': {
      const { path, sessionId, class: className } = params as PanelParams['grid'];
      return `grid:${path}:${sessionId ?? ''}:${className ?? ''}`;
    }
    case 'remoteDocument':
      return `remoteDocument:${(params as RemotePlace).datasetId}:${(params as RemotePlace).cloudId}`;
    case 'metadata':
      return `metadata:${(params as PanelParams['metadata']).path}`;
    case 'history':
      return `history:${(params as PanelParams['history']).path}`;
    case 'traces': {
      const { path, sessionId, device, epoch, element } = (params as PanelParams['traces']).source;
      const parts = ['traces', path, sessionId, device, epoch, ...(element === undefined ? [] : [element])];
      return parts.map((part) => part ?? '').join(':');
    }
    case 'image': {
      const { path, sessionId, id, file, device, epoch } = (params as PanelParams['image']).source;
      return ['image', path, sessionId, id, file, device, epoch].map((part) => part ?? '').join(':');
    }
    case 'sync':
      return `sync:${(params as PanelParams['sync']).path}:${(params as PanelParams['sync']).sessionId ?? ''}`;
    case 'timeline':
      return `timeline:${(params as PanelParams['timeline']).path}:${(params as PanelParams['timeline']).sessionId ?? ''}`;
    case 'tables':
      return `tables:${(params as PanelParams['tables']).path}:${(params as PanelParams['tables']).sessionId ?? ''}`;
    case 'graph':
      return `graph:${(params as PanelParams['graph']).path}:${(params as PanelParams['graph']).id}`;
    case 'compare':
      return `compare:${(params as PanelParams['compare']).path}`;
    case 'maintenance':
      return `maintenance:${(params as PanelParams['maintenance']).path}`;
    case 'cloudSync':
      return `cloudSync:${(params as PanelParams['cloudSync']).path}`;
    case 'publish':
      return `publish:${(params as PanelParams['publish']).path}`;
    case 'import':
      return `import:${(params as PanelParams['import']).folder}`;
    case 'start':
    case 'settings':
    case 'jobs':
    case 'cloud':
    case 'transfers':
    case 'shortcuts':
      return kind;
  }
}

/** Path of the item that a panel shows; undefined for panels of the application itself. */
export function panelPath(panel: OpenPanel): string | undefined {
  if ('source' in panel.params) return panel.params.source.path;
  if ('path' in panel.params) return panel.params.path;
  return undefined;
}

function freeId(id: string): string {
  const taken = new Set(usePanels.getState().panels.map((panel) => panel.id));
  let number = 2;
  while (taken.has(`${id}#${number}`)) number += 1;
  return taken.has(id) ? `${id}#${number}` : id;
}

/** The panel in which a component stands; null outside of panels. */
export interface PanelIdentity {
  readonly id: string;
  readonly kind: PanelKind;
  /** False while the panel is a hidden tab: it should not compute then. */
  readonly visible: boolean;
}

export const PanelContext = createContext<PanelIdentity | null>(null);

export function usePanel(): PanelIdentity | null {
  return useContext(PanelContext);
}

/** Path of the item that the panel shows in which the component stands. */
export function usePanelPath(): string | undefined {
  const id = useContext(PanelContext)?.id;
  return usePanels(({ panels }) => {
    const panel = panels.find((one) => one.id === id);
    return panel === undefined ? undefined : panelPath(panel);
  });
}

/** Sets the title of the panel in which the component stands. */
export function usePanelTitle(title: string): void {
  const id = useContext(PanelContext)?.id;
  useEffect(() => {
    if (id !== undefined) setPanelTitle(id, title);
  }, [id, title]);
}

import type { SessionInfo } from '../../../shared/contract/sessions.ts';
import { itemKey, type ItemEntry } from '../../state/items.ts';
import { basename } from '../../state/paths.ts';
import { t } from '../../texts/translate.ts';
import { matchScore } from '../palette/match.ts';
import { problemMark, type ProblemMark } from './problem-mark.ts';

export type TreeNodeKind =
  'dataset' | 'session' | 'recording' | 'unknown' | 'group' | 'daq' | 'epoch' | 'probe' | 'subject' | 'class' | 'note';

/** One line of the session tree, of whatever depth. */
export interface TreeRow {
  /** Unique in the tree; also the key under which a node is remembered as open. */
  readonly key: string;
  readonly kind: TreeNodeKind;
  /** From 1, as ARIA counts levels. */
  readonly level: number;
  readonly label: string;
  /** A quiet addition: a type, a path. */
  readonly detail: string;
  readonly count?: number;
  readonly problem?: ProblemMark;
  /** The path that was opened; what is below it has the same. */
  readonly isRoot?: true;
  /** Of a session that has been read: how many epochs it has. */
  readonly epochs?: number;
  /** True and false for nodes that open; undefined for leaves. */
  readonly expanded?: boolean;
  /** Position among its siblings, from 1, and their number. */
  readonly position: number;
  readonly siblings: number;
  readonly path: string;
  readonly sessionId?: string;
  /** What the node stands for, by its kind: an epoch's id and device, a document's id, a class. */
  readonly epochId?: string;
  readonly device?: string;
  /** Of an epoch: it is a series of frames. */
  readonly images?: boolean;
  readonly documentId?: string;
  readonly className?: string;
}

type Node = Omit<TreeRow, 'level' | 'position' | 'siblings' | 'expanded'> & {
  /** Undefined for leaves; asked for open nodes only. */
  readonly children?: () => Node[];
  /** Open although nobody opened it, because there is nothing else to see. */
  readonly startsOpen?: boolean;
};

export interface TreeInput {
  readonly paths: readonly string[];
  readonly items: Readonly<Record<string, ItemEntry>>;
  /** Keys of nodes that were opened, and of those that start open and were closed. */
  readonly toggled: ReadonlySet<string>;
  readonly filter: string;
  /** Only nodes of these kinds are looked for; none for all. */
  readonly kinds: readonly TreeNodeKind[];
}

/** The lines of the tree, top to bottom. A filter keeps what fits it, with everything above that. */
export function treeRows({ paths, items, toggled, filter, kinds }: TreeInput): TreeRow[] {
  const isFiltered = filter.trim() !== '' || kinds.length > 0;
  const fits: Fits = (node) =>
    (kinds.length === 0 || kinds.includes(node.kind)) && matchScore(filter, `${node.label} ${node.detail}`) > 0;
  const rows: TreeRow[] = [];
  const append = (nodes: readonly Node[], level: number) => {
    const kept = isFiltered ? nodes.filter((node) => holds(node, fits)) : nodes;
    kept.forEach((node, index) => {
      const { children, startsOpen = false, ...shown } = node;
      const open =
        children !== undefined && (isFiltered ? opensForFilter(node, fits) : startsOpen !== toggled.has(node.key));
      const place = { level, position: index + 1, siblings: kept.length };
      rows.push({ ...shown, ...place, ...(children === undefined ? {} : { expanded: open }) });
      if (open) append(children(), level + 1);
    });
  };
  append(rootNodes(paths, items), 1);
  return rows;
}

type Fits = (node: Node) => boolean;

function holds(node: Node, fits: Fits): boolean {
  return fits(node) || (node.children?.() ?? []).some((child) => holds(child, fits));
}

/** A node that fits by itself shows its children only if one of them fits too. */
function opensForFilter(node: Node, fits: Fits): boolean {
  return (node.children?.() ?? []).some((child) => holds(child, fits));
}

/** What was opened. Beside datasets the sessions without one stand together, first. */
function rootNodes(paths: readonly string[], items: TreeInput['items']): Node[] {
  const roots = paths.map((path): Node => ({ ...rootNode(path, items), isRoot: true }));
  const sessions = roots.filter((node) => node.kind === 'session');
  if (sessions.length === 0 || !roots.some((node) => node.kind === 'dataset')) return roots;
  const alone: Node = {
    key: 'sessions-without-dataset',
    kind: 'group',
    path: '',
    label: t('Sessions without a dataset'),
    detail: '',
    count: sessions.length,
    startsOpen: true,
    children: () => sessions,
  };
  return [alone, ...roots.filter((node) => node.kind !== 'session')];
}

function rootNode(path: string, items: TreeInput['items']): Node {
  const entry = items[itemKey(path)];
  const base = { key: path, path, label: basename(path), detail: '' };
  if (entry?.status !== 'ready')
    return { ...base, kind: 'unknown', children: () => [pendingNode(path, undefined, entry)] };
  const { info } = entry;
  switch (info.kind) {
    case 'session':
      return { ...sessionNode(info, path, path), startsOpen: true };
    case 'dataset':
      return {
        ...base,
        kind: 'dataset',
        label: info.reference === '' ? base.label : info.reference,
        detail: t('dataset'),
        startsOpen: true,
        children: () => [
          ...info.sessions.map((session) => datasetSessionNode(path, session.id, session.reference, items)),
          ...documentsNode(path, undefined, path, info.documents),
        ],
      };
    case 'recording':
      return { ...base, kind: 'recording', detail: info.formatName };
    case 'folder':
      return { ...base, kind: 'unknown', detail: t('folder') };
  }
}

function datasetSessionNode(path: string, sessionId: string, reference: string, items: TreeInput['items']): Node {
  const entry = items[itemKey(path, sessionId)];
  const key = `${path}/${sessionId}`;
  if (entry?.status === 'ready' && entry.info.kind === 'session') {
    return { ...sessionNode(entry.info, path, key, sessionId), key, label: reference === '' ? sessionId : reference };
  }
  return {
    key,
    kind: 'session',
    path,
    sessionId,
    label: reference === '' ? sessionId : reference,
    detail: t('session'),
    children: () => [pendingNode(path, sessionId, entry)],
  };
}

/** The one line below a node whose content is not there (yet). */
function pendingNode(path: string, sessionId: string | undefined, entry: ItemEntry | undefined): Node {
  const label = entry?.status === 'failed' ? entry.error.message : t('Loading…');
  return {
    key: `${path}/${sessionId ?? ''}/pending`,
    kind: 'note',
    path,
    label,
    detail: '',
    ...withSession(sessionId),
  };
}

function sessionNode(info: SessionInfo, path: string, key: string, sessionId?: string): Node {
  const problem = problemMark(info);
  return {
    key,
    kind: 'session',
    path,
    ...withSession(sessionId),
    label: info.reference === '' ? basename(info.path) : info.reference,
    detail: t('session'),
    ...(problem === undefined ? {} : { problem }),
    epochs: info.epochs.length,
    children: () => sessionChildren(info, path, key, sessionId),
  };
}

function sessionChildren(info: SessionInfo, path: string, key: string, sessionId: string | undefined): Node[] {
  const at = { path, ...withSession(sessionId) };
  const daqSystems = info.daqSystems.map((daq): Node => ({
    ...at,
    key: `${key}/daq/${daq.name}`,
    kind: 'daq',
    label: daq.name,
    detail: daq.reader,
    documentId: daq.id,
    count: daq.epochs,
    children: () =>
      info.epochs
        .filter((epoch) => epoch.device === daq.name)
        .map((epoch) => ({
          path: info.path,
          ...withSession(sessionId),
          key: `${key}/daq/${daq.name}/${epoch.epochId}`,
          kind: 'epoch',
          label: t('Epoch {{number}}', { number: epoch.number }),
          detail: epoch.files.map(basename).join(', '),
          epochId: epoch.epochId,
          device: epoch.device,
          ...(epoch.images === true ? { images: true } : {}),
        })),
  }));
  const probes = info.probes.map((probe): Node => ({
    ...at,
    key: `${key}/probe/${probe.name}|${probe.reference}`,
    kind: 'probe',
    label: `${probe.name} | ${probe.reference}`,
    detail: probe.type,
    count: probe.epochs,
    ...(probe.id === null ? {} : { documentId: probe.id }),
  }));
  const subjects = info.subjects.map((subject): Node => ({
    ...at,
    key: `${key}/subject/${subject.id}`,
    kind: 'subject',
    label: subject.localIdentifier,
    detail: subject.description,
    documentId: subject.id,
  }));
  return [
    ...groupNode(at, `${key}/daqs`, t('DAQ systems'), daqSystems),
    ...groupNode(at, `${key}/probes`, t('Probes'), probes),
    ...groupNode(at, `${key}/subjects`, t('Subjects'), subjects),
    ...documentsNode(path, sessionId, key, info.documents),
  ];
}

function documentsNode(
  path: string,
  sessionId: string | undefined,
  key: string,
  documents: SessionInfo['documents'],
): Node[] {
  const at = { path, ...withSession(sessionId) };
  const classes = Object.entries(documents.byClass)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([className, count]): Node => ({
      ...at,
      key: `${key}/class/${className}`,
      kind: 'class',
      label: className,
      detail: '',
      count,
      className,
    }));
  return groupNode(at, `${key}/documents`, t('Documents'), classes, documents.total);
}

/** A heading with what is under it; nothing where nothing is under it. */
function groupNode(
  at: Pick<Node, 'path' | 'sessionId'>,
  key: string,
  label: string,
  children: Node[],
  count = children.length,
): Node[] {
  return children.length === 0
    ? []
    : [{ ...at, key, kind: 'group', label, detail: '', count, children: () => children }];
}

function withSession(sessionId: string | undefined): { sessionId?: string } {
  return sessionId === undefined ? {} : { sessionId };
}

import type { Resolution, SyncMode } from '../../../../shared/model/sync.ts';
import type { ContentHash } from './canonical.ts';

/** A file that a local document names. */
export interface LocalFile {
  readonly name: string;
  readonly uid: string;
  /** Null where its bytes are not on this computer. */
  readonly bytes: number | null;
  /** Where the document says that the bytes are: on this computer, in the cloud (`ndic://`), or at a web address. */
  readonly place: 'file' | 'cloud' | 'web';
}

export interface LocalDocument {
  readonly id: string;
  readonly className: string;
  readonly name: string;
  /** Length of its canonical text. */
  readonly bytes: number;
  readonly hash: ContentHash;
  /** Ids that it depends on. */
  readonly dependsOn: readonly string[];
  readonly files: readonly LocalFile[];
}

/** What is in the database of the local copy. */
export interface LocalInventory {
  readonly documents: ReadonlyMap<string, LocalDocument>;
  /** Documents that are there but cannot be read: nothing is ever done about them. */
  readonly unreadable: ReadonlySet<string>;
  /** Id of the session document that makes the folder openable; a mirror never removes it. */
  readonly ownSessionDocuments: ReadonlySet<string>;
}

export interface RemoteDocument {
  /** NDI's `base.id`. */
  readonly id: string;
  /** Addresses on the server, in order; more than one where the same document was posted twice. */
  readonly cloudIds: readonly string[];
  readonly className: string;
  readonly name: string;
  /** Known only where the document was fetched. */
  readonly content: RemoteContent | null;
}

export interface RemoteContent {
  readonly hash: ContentHash;
  readonly fileUids: readonly string[];
  readonly bytes: number;
}

export interface RemoteFile {
  readonly uploaded: boolean;
  readonly size: number | null;
  /** An earlier run of ours has seen other bytes there than here, though the list calls it uploaded. */
  readonly corrupt?: boolean;
}

/** What the service lists. */
export interface RemoteInventory {
  readonly documents: ReadonlyMap<string, RemoteDocument>;
  readonly files: ReadonlyMap<string, RemoteFile>;
  /** Records without an NDI id: never matched, never deleted. */
  readonly withoutId: number;
  /** Why deletions must not rest on this list (it kept changing, rows are missing), or null. */
  readonly doubt: string | null;
}

/** The last common state: NDI's index, and the hashes of our own journal where it knows them. */
export interface CommonState {
  readonly local: ReadonlySet<string>;
  readonly remote: ReadonlySet<string>;
  readonly hashes: ReadonlyMap<string, ContentHash>;
}

export interface PlanOptions {
  readonly mode: SyncMode;
  /** Two-way only: also carry deletions over. */
  readonly deletions?: boolean;
  /** Also fetch the bytes of files; sending always sends them. */
  readonly files?: boolean;
  /** Also carry changed content over; without it a changed document is only reported (as NDI-matlab leaves it alone). */
  readonly updateEdited?: boolean;
  readonly resolutions?: ReadonlyMap<string, Resolution>;
  /** The person has typed the name of the dataset although the cloud copy is empty. */
  readonly acceptEmptyRemote?: boolean;
}

export interface PlanInput {
  readonly local: LocalInventory;
  readonly remote: RemoteInventory;
  readonly common: CommonState;
  readonly options: PlanOptions;
}

/** Class of the document that links a dataset to the cloud. */
export const linkClass = 'dataset_remote';

import type { PlanStep, SyncState } from '../../../../shared/model/sync.ts';
import type { LocalDocument, LocalFile, RemoteDocument, RemoteFile, RemoteInventory } from './inventory.ts';

/** S3 takes no larger object in one PUT, and the service offers no other way (cloud reference, section 8). */
export const LARGEST_FILE_BYTES = 5 * 1024 ** 3;

/** A document that is on both sides once the documents have travelled. */
export interface CommonDocument {
  readonly document: LocalDocument;
  readonly there: RemoteDocument | undefined;
  readonly state: SyncState;
  /** Whether this run sends the document as it is here, so that the cloud copy names all its files. */
  readonly sent: boolean;
}

/** Files of a common document that are here and not, or not whole, there. */
export function* filesToSend(common: CommonDocument, remote: RemoteInventory): Generator<PlanStep> {
  const { document } = common;
  for (const file of document.files) {
    const found = remote.files.get(file.uid);
    if (file.bytes === null ? found?.uploaded === true : isWhole(file.bytes, found)) continue;
    if (file.place === 'web' || (!common.sent && !isNamedThere(common, file))) continue;
    if (file.bytes === null) {
      // What the document places in the cloud was never here: there is nothing to send.
      const where = file.place === 'cloud' ? 'is neither here nor in the cloud' : 'is not on this computer';
      yield refusal(common, file, `The file “${file.name}” ${where}.`);
    } else if (file.bytes > LARGEST_FILE_BYTES) {
      yield refusal(common, file, 'The service takes no file above 5 GiB.');
    } else if (!isPlainUid(file.uid)) {
      yield refusal(common, file, 'Its uid cannot name a file in the cloud.');
    } else {
      yield step(common, file, 'send', whySent(found));
    }
  }
}

function isWhole(bytes: number, found: RemoteFile | undefined): boolean {
  if (found?.uploaded !== true || found.corrupt === true) return false;
  return found.size === null || found.size === bytes;
}

function whySent(found: RemoteFile | undefined): string {
  if (found?.uploaded !== true) return 'Not in the cloud yet.';
  return `The cloud copy is ${found.corrupt === true ? 'damaged' : 'incomplete'}: sent again.`;
}

/** Files of a common document that are there and not here. */
export function* filesToFetch(common: CommonDocument, remote: RemoteInventory): Generator<PlanStep> {
  for (const file of common.document.files) {
    if (file.bytes !== null) continue;
    const found = remote.files.get(file.uid);
    if (found?.uploaded === true) {
      yield { ...step(common, file, 'fetch', 'Not on this computer yet.'), bytes: found.size };
    } else if (file.place === 'cloud') {
      yield refusal(common, file, `The file “${file.name}” is neither here nor in the cloud.`);
    }
  }
}

/** The cloud copy is known to name a file where it was fetched, or where its list of files is the last common one. */
function isNamedThere({ there, state }: CommonDocument, file: LocalFile): boolean {
  if (there === undefined) return false;
  if (there.content !== null) return there.content.fileUids.includes(file.uid);
  return state === 'same';
}

/** A uid is a name in a zip and in an address: no folder, no control characters. */
function isPlainUid(uid: string): boolean {
  return /^[\w.-]{1,200}$/.test(uid) && uid !== '.' && uid !== '..';
}

function step(common: CommonDocument, file: LocalFile, action: PlanStep['action'], reason: string): PlanStep {
  return {
    action,
    kind: 'file',
    id: file.uid,
    cloudId: null,
    bytes: file.bytes,
    reason,
    state: common.state,
    side: null,
    documentId: common.document.id,
    className: common.document.className,
    name: file.name,
    refused: false,
  };
}

function refusal(common: CommonDocument, file: LocalFile, reason: string): PlanStep {
  return { ...step(common, file, 'skip', reason), refused: true };
}

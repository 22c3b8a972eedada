import type { Resolution, SyncAction, SyncState } from '../../../../shared/model/sync.ts';
import type { PlanOptions } from './inventory.ts';

/** What is to be done about a document. */
export interface Decision {
  readonly action: SyncAction | 'none';
  readonly side: 'here' | 'there' | 'both' | null;
}

const none: Decision = { action: 'none', side: null };
const send: Decision = { action: 'send', side: null };
const fetch: Decision = { action: 'fetch', side: null };
const deleteHere: Decision = { action: 'delete-here', side: null };
const deleteThere: Decision = { action: 'delete-there', side: null };
const ask: Decision = { action: 'conflict', side: null };
const updateHere: Decision = { action: 'update', side: 'here' };
const updateThere: Decision = { action: 'update', side: 'there' };
const updateBoth: Decision = { action: 'update', side: 'both' };

type Column = 'uploadNew' | 'downloadNew' | 'mirrorToRemote' | 'mirrorFromRemote' | 'additive' | 'withDeletions';
type Row = readonly [Decision, Decision, Decision, Decision, Decision, Decision];

const columns: readonly Column[] = [
  'uploadNew',
  'downloadNew',
  'mirrorToRemote',
  'mirrorFromRemote',
  'additive',
  'withDeletions',
];

/** The table of the cloud reference, section 14.4; columns in the order above. */
const table: Readonly<Record<SyncState, Row>> = {
  newHere: [send, none, send, deleteHere, send, send],
  newThere: [none, fetch, deleteThere, fetch, fetch, fetch],
  deletedThere: [none, none, send, deleteHere, send, deleteHere],
  deletedHere: [none, none, deleteThere, fetch, fetch, deleteThere],
  same: [none, none, none, none, none, none],
  editedHere: [updateThere, none, updateThere, updateHere, updateThere, updateThere],
  editedThere: [none, updateHere, updateThere, updateHere, updateHere, updateHere],
  // The fields agree, the files do not, and nothing tells which side changed: it is reported and left alone.
  filesDiffer: [none, none, none, none, none, none],
  conflict: [ask, ask, updateThere, updateHere, ask, ask],
  deletedThereEditedHere: [ask, none, send, deleteHere, send, ask],
  deletedHereEditedThere: [none, ask, deleteThere, fetch, fetch, ask],
  unreadable: [none, none, none, none, none, none],
};

/** What settles a conflict, by the side that the person chose. */
const settled: Readonly<Partial<Record<SyncState, Readonly<Record<Resolution, Decision>>>>> = {
  conflict: { here: updateThere, there: updateHere, merged: updateBoth },
  deletedThereEditedHere: { here: send, there: deleteHere, merged: send },
  deletedHereEditedThere: { here: deleteThere, there: fetch, merged: fetch },
};

/**
 * What a mode does about a document of a state. Changed content is carried over only when asked for; a conflict that was
 * settled by a person is carried out in every mode that would have asked.
 */
export function decide(id: string, state: SyncState, options: PlanOptions): Decision {
  const decision = table[state][columns.indexOf(columnOf(options))] ?? none;
  if (decision.action === 'conflict') {
    const resolution = options.resolutions?.get(id);
    return (resolution === undefined ? undefined : settled[state]?.[resolution]) ?? decision;
  }
  if (decision.action === 'update' && options.updateEdited !== true) return { action: 'skip', side: decision.side };
  return decision;
}

function columnOf({ mode, deletions }: PlanOptions): Column {
  if (mode !== 'twoWay') return mode;
  return deletions === true ? 'withDeletions' : 'additive';
}

/** Whether a mode sends (documents and files), and whether it fetches. */
export function directions({ mode }: PlanOptions): { sends: boolean; fetches: boolean } {
  return {
    sends: mode === 'uploadNew' || mode === 'mirrorToRemote' || mode === 'twoWay',
    fetches: mode === 'downloadNew' || mode === 'mirrorFromRemote' || mode === 'twoWay',
  };
}

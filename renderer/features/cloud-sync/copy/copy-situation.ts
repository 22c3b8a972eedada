import { t } from '../../../texts/translate.ts';

/** What can be done with a copy and its dataset beside the syncs. */
export type CopyAct = 'compare' | 'lost' | 'repair' | 'link' | 'unlink';

/** The acts that only show something. */
export type CopyView = Extract<CopyAct, 'compare' | 'lost'>;

export function isView(act: CopyAct): act is CopyView {
  return act === 'compare' || act === 'lost';
}

export interface CopySituation {
  readonly signedIn: boolean;
  /** Null where it cannot be told, such as with several links. */
  readonly linked: boolean | null;
  /** A transfer of the copy has not ended, or one of these acts has not. */
  readonly busy: boolean;
}

/** Why something cannot be done with a copy now; undefined where it can. */
export function reasonAgainst(act: CopyAct, { signedIn, linked, busy }: CopySituation): string | undefined {
  if (busy) return t('Something is being done with it already');
  // A link and what was lost lie on this computer alone.
  if (act !== 'unlink' && act !== 'lost' && !signedIn) return t('Nobody is signed in');
  if (act !== 'link' && linked === false) return t('It is not linked to a dataset in NDI Cloud');
  return undefined;
}

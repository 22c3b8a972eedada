import type { HostEvent } from '../../shared/contract/application.ts';
import type { Ending } from '../../shared/model/endings.ts';

/**
 * What the main process says to the data process. A `connect` brings the port of a page along: after a reload that page's
 * new one, which takes the place of its old one.
 */
export type DataMessage =
  | { readonly type: 'connect'; readonly page: number }
  | { readonly type: 'hostEvent'; readonly event: HostEvent }
  | ({ readonly type: 'keyStoreAnswer' } & KeyStoreAnswer)
  | { readonly type: 'close' };

/** What the data process says to the main process. */
export type DataNews = KeyStoreQuestion | { readonly type: 'ended'; readonly ending: Ending };

/** The key store of the system belongs to the main process; the data process asks it for its secrets' sake. */
export interface KeyStoreQuestion {
  readonly type: 'keyStore';
  readonly id: number;
  readonly ask: 'seal' | 'unseal';
  /** What to seal; or what was sealed, in base64. */
  readonly text: string;
}

/** `text` null: this system keeps no keys, or the sealed text is not of this user. */
export interface KeyStoreAnswer {
  readonly id: number;
  readonly text: string | null;
}

/** How this cloud behaves; tests change it while it runs (`/_test/settings`). */
export interface Settings {
  /** Life of the tokens it gives. */
  tokenLifeSec: number;
  /** Logging out ends the token too. The service's own answer is not known; off as the clients assume. */
  logoutRevokes: boolean;
  /** A dataset, document or file just made is not found for so long: reads come from replicas. */
  visibilityLagMs: number;
  /** Time from a storage event (an upload has ended) to its handling. */
  eventDelayMs: number;
  /** Time to write the zip of a bulk download. */
  zipDelayMs: number;
  /** Time that publishing and unpublishing take. */
  publishDelayMs: number;
  /** Documents deleted with a delay are listed for so long after. */
  deletedListedMs: number;
  /** The gateway's patience: then 504, while the work goes on. */
  gatewayMs: number;
  bodyLimitBytes: number;
  uploadUrlLifeSec: number;
  downloadUrlLifeSec: number;
  /** 1: records hold `files`; 2: they hold `fileCount`, and the routes of the second generation exist. */
  generation: 1 | 2;
  /** Whether a second document with the ndiId of another is refused (409). */
  refuseDuplicates: boolean;
  /** Status for an id that is not 24 hexadecimal digits. */
  malformedIdStatus: 500 | 400;
  /** Bytes of single files are counted and kept as so many zeros, without a checksum: for measuring the client. */
  discardBytes: boolean;
  /** Server's clock minus this computer's. */
  clockOffsetMs: number;
}

export const defaultSettings: Settings = {
  tokenLifeSec: 3600,
  logoutRevokes: false,
  visibilityLagMs: 0,
  eventDelayMs: 200,
  zipDelayMs: 200,
  publishDelayMs: 500,
  deletedListedMs: 0,
  gatewayMs: 29_000,
  bodyLimitBytes: 6 * 1024 * 1024,
  uploadUrlLifeSec: 3600,
  downloadUrlLifeSec: 604_799,
  generation: 1,
  refuseDuplicates: false,
  malformedIdStatus: 500,
  discardBytes: false,
  clockOffsetMs: 0,
};

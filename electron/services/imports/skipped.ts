import type { ScanResult } from '../../../shared/contract/imports.ts';
import type { FolderScan } from '../../workers/data-workers.ts';

/** Files without a known content that are listed one by one; more are counted. */
const LISTED = 100;

/** What a scan leaves out, and why: each file that promised a recording, the others listed or counted. */
export function listSkipped(scan: FolderScan): ScanResult['skipped'] {
  const members = new Set(scan.recordings.flatMap((found) => found.files));
  const broken = scan.recordings.flatMap((found) =>
    'error' in found ? [{ path: found.path, why: found.error.message, files: found.files.length }] : [],
  );
  const misnamed = scan.nearMisses.map(({ path, refused }) => ({ path, why: refused, files: 1 }));
  const strangers = scan.others.filter((path) => !members.has(path));
  const why = 'It is no recording of a known format.';
  const listed = strangers.slice(0, LISTED).map((path) => ({ path, why, files: 1 }));
  const rest = scan.files - members.size - misnamed.length - listed.length;
  return [
    ...broken,
    ...misnamed,
    ...listed,
    ...(rest > 0
      ? [{ path: scan.folder, why: `${rest} more files are no recordings of a known format.`, files: rest }]
      : []),
    ...(scan.hidden > 0
      ? [
          {
            path: scan.folder,
            why: `Hidden and system files and folders (${scan.hidden}) are not looked at.`,
            files: scan.hidden,
          },
        ]
      : []),
  ];
}

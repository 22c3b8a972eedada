import type { RecordingInfo } from '../../../shared/contract/recordings.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { isFolderLayout } from './devices.ts';
import { readsFolders } from './readers.ts';

/**
 * NDI finds epochs by their files. A recording that is a folder stands, in a session, for the first of its files by
 * which the folder is recognised; opening that file opens the folder.
 * @throws NdiError format.unsupported when none of its files leads to it
 */
export async function namedByFile(workers: DataWorkers, recording: RecordingInfo): Promise<RecordingInfo> {
  if (!isFolderLayout(recording) || readsFolders(recording.format)) return recording;
  for (const file of recording.files) {
    const found = await workers.recognise(file).catch(() => []);
    if (found.some((sniff) => sniff.path === recording.path)) return { ...recording, path: file, files: [file] };
  }
  throw new NdiError({
    code: 'format.unsupported',
    message: `NDI finds recordings by their files, and no single file stands for ${recording.path}.`,
    recovery: 'Leave this recording out; it can be opened by itself.',
    details: { path: recording.path, format: recording.format },
  });
}

import { useEffect, useState } from 'react';
import { NdiError } from '../../shared/model/errors.ts';
import { formatBytes, t } from '../texts/translate.ts';
import { type Answer, useAnswer } from './use-answer.ts';

/** The page holds the whole of a file, to go to any place of it at once. */
const MOST_BYTES = 2 * 1024 ** 3;

/** A picture or movie that the services give part by part. */
export interface FileInParts {
  /** Names the file: two equal keys mean the same bytes. */
  readonly key: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly type: string;
  /** What to do where it is too large. */
  readonly recovery: string;
  readonly part: (offset: number, signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>;
}

/** An address of a file that lies in the page, once it is there, and the bytes that are there so far. */
export function useWholeFile(file: FileInParts | undefined): {
  readonly answer: Answer<string | null>;
  readonly loadedBytes: number;
} {
  const [loadedBytes, setLoaded] = useState(0);
  const answer = useAnswer(`whole file ${file?.key ?? ''}`, async (signal) => {
    setLoaded(0);
    if (file === undefined) return null;
    const whole = await load(file, signal, setLoaded);
    // Whoever has left takes no address, which would keep the bytes.
    signal.throwIfAborted();
    return URL.createObjectURL(whole);
  });
  const address = answer.status === 'ready' ? answer.value : null;
  useEffect(() => {
    return () => {
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [address]);
  return { answer, loadedBytes };
}

async function load(
  { name, sizeBytes, type, recovery, part }: FileInParts,
  signal: AbortSignal,
  onLoaded: (bytes: number) => void,
): Promise<Blob> {
  if (sizeBytes > MOST_BYTES) {
    throw new NdiError({
      code: 'range.tooLarge',
      message: t('{{name}} has {{size}}; up to {{most}} can be shown.', {
        name,
        size: formatBytes(sizeBytes),
        most: formatBytes(MOST_BYTES),
      }),
      recovery,
    });
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; offset < sizeBytes;) {
    const next = await part(offset, signal);
    if (next.length === 0) break;
    parts.push(next);
    offset += next.length;
    onLoaded(offset);
  }
  return new Blob(parts, { type });
}

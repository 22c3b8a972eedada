import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { downloadUrl } from '../remote/list-remote.ts';
import type { Transfer } from './transfer.ts';

/** What should be in the cloud. */
export interface ExpectedFile {
  readonly uid: string;
  readonly bytes: number;
  /** Null where an earlier run has sent it: it is read again then. */
  readonly md5: string | null;
  readonly path: string;
}

export type Verdict =
  { readonly state: 'whole' } | { readonly state: 'absent' } | { readonly state: 'different'; readonly why: string };

const APPEARS_WITHIN_MS = 120_000;
const SAMPLE_BYTES = 64 * 1024;

/**
 * Looks at a file in the cloud: it can be had, it has the right size, and its checksum or samples agree. A row that says
 * “uploaded” proves none of that (cloud reference, section 8).
 * @param waitMs how long it may take to appear
 */
export async function verifyFile(
  transfer: Transfer,
  expected: ExpectedFile,
  waitMs = APPEARS_WITHIN_MS,
): Promise<Verdict> {
  const { api, datasetId, signal } = transfer;
  const { pace } = api.http;
  const began = pace.now();
  let url = await downloadUrl(api, datasetId, expected.uid, signal);
  for (let pauseMs = 250; url === null; pauseMs = Math.min(10_000, pauseMs * 1.6)) {
    if (pace.now() - began >= waitMs) return { state: 'absent' };
    await pace.sleep(pauseMs, signal);
    url = await downloadUrl(api, datasetId, expected.uid, signal);
  }
  const known = url;
  const object = await api.storage.probe(() => Promise.resolve(known), signal);
  if (object.sizeBytes !== null && object.sizeBytes !== expected.bytes) {
    return { state: 'different', why: `${object.sizeBytes} bytes instead of ${expected.bytes}` };
  }
  // For a single PUT the ETag is the MD5; one with a dash is made of parts and says nothing that we can compare.
  if (/^[0-9a-f]{32}$/.test(object.etag ?? '')) {
    const md5 = expected.md5 ?? (await md5Of(expected.path, signal));
    return object.etag === md5
      ? { state: 'whole' }
      : { state: 'different', why: `its MD5 is ${object.etag} instead of ${md5}` };
  }
  return await samplesAgree(transfer, expected, known);
}

async function md5Of(path: string, signal: AbortSignal): Promise<string> {
  const md5 = createHash('md5');
  for await (const part of createReadStream(path, { signal })) md5.update(part as Buffer);
  return md5.digest('hex');
}

/** Compares the first, a middle and the last stretch. */
async function samplesAgree(transfer: Transfer, expected: ExpectedFile, url: string): Promise<Verdict> {
  const { bytes } = expected;
  const starts = [0, Math.floor(bytes / 2), bytes - SAMPLE_BYTES].map((at) => Math.max(0, at));
  const file = await open(expected.path, 'r');
  try {
    for (const from of new Set(starts)) {
      const length = Math.min(SAMPLE_BYTES, bytes - from);
      if (length === 0) continue;
      const parts: Buffer[] = [];
      const options = {
        url: () => Promise.resolve(url),
        fromByte: from,
        toByte: from + length,
        signal: transfer.signal,
      };
      for await (const part of transfer.api.storage.read(options)) parts.push(part);
      const here = Buffer.alloc(length);
      await file.read(here, 0, length, from);
      if (!here.equals(Buffer.concat(parts))) return { state: 'different', why: `it differs after byte ${from}` };
    }
    return { state: 'whole' };
  } finally {
    await file.close();
  }
}

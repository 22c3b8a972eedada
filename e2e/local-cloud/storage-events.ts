import { readZip, unpack, type ZipEntry } from './zip.ts';
import type { Cloud } from './cloud.ts';
import { addDocument, parseNdiJson } from './store/documents.ts';
import { setJob } from './store/jobs.ts';
import type { StoredObject } from './store/objects.ts';

/** What the service does when an upload has ended: by its key a file, a zip of files or a zip of documents. */
export async function handleUpload(cloud: Cloud, object: StoredObject): Promise<void> {
  const file = /^files\/([0-9a-f]{24})\/(.+)$/.exec(object.key);
  if (file?.[1] !== undefined && file[2] !== undefined) keepRow(cloud, file[1], file[2], object.size, true);
  const files = /^file-uploads\/([0-9a-f]{24})\.(.+)\.zip$/.exec(object.key);
  if (files?.[1] !== undefined && files[2] !== undefined) await extractFiles(cloud, object, files[1], files[2]);
  const documents = /^document-uploads\/([0-9a-f]{24})\..+\.zip$/.exec(object.key);
  if (documents?.[1] !== undefined) await takeDocuments(cloud, object, documents[1]);
}

/** A zip of documents that cannot be read inserts nothing, and nobody hears of it but the notes. */
async function takeDocuments(cloud: Cloud, object: StoredObject, datasetId: string): Promise<void> {
  const documents: Record<string, unknown>[] = [];
  for (const entry of await readZip(object.path)) {
    if (!entry.name.endsWith('.json')) continue;
    const value = parseNdiJson((await bytesOf(object.path, entry)).toString('utf8'));
    documents.push(...((Array.isArray(value) ? value : [value]) as Record<string, unknown>[]));
  }
  cloud.db.transaction(() => {
    for (const document of documents) addDocument(cloud, datasetId, document);
  });
}

/** Marks come in this order: zip received, `uploaded`, extracted. */
async function extractFiles(cloud: Cloud, object: StoredObject, datasetId: string, jobId: string): Promise<void> {
  setJob(cloud, jobId, 'extracting');
  let entries: ZipEntry[];
  try {
    entries = await readZip(object.path);
    const bad = entries.find(({ name }) => /[/\\]/.test(name) || name === '..' || name === '');
    if (bad !== undefined) throw new Error(`the entry ${bad.name} is not a plain file name`);
  } catch (thrown) {
    setJob(cloud, jobId, 'failed', { error: (thrown as Error).message, filesExtracted: 0 });
    return;
  }
  for (const { name, sizeBytes } of entries) keepRow(cloud, datasetId, name, sizeBytes, false);
  setJob(cloud, jobId, 'extracting', { totalFiles: entries.length, filesExtracted: 0 });
  cloud.later(cloud.settings.eventDelayMs, async () => {
    let filesExtracted = 0;
    try {
      for (const entry of entries) {
        await cloud.objects.put(`files/${datasetId}/${entry.name}`, unpack(object.path, entry));
        keepRow(cloud, datasetId, entry.name, entry.sizeBytes, true);
        filesExtracted += 1;
      }
      setJob(cloud, jobId, 'complete', { filesExtracted });
    } catch (thrown) {
      setJob(cloud, jobId, 'failed', { error: (thrown as Error).message, filesExtracted });
    }
  });
}

function keepRow(cloud: Cloud, datasetId: string, uid: string, size: number, isExtracted: boolean): void {
  cloud.db.run(
    `INSERT INTO files (dataset_id, uid, size, uploaded, extracted) VALUES (?, ?, ?, 1, ?)
     ON CONFLICT (dataset_id, uid) DO UPDATE SET size = excluded.size, uploaded = 1,
       extracted = max(extracted, excluded.extracted)`,
    ...[datasetId, uid, size, isExtracted ? 1 : 0],
  );
}

async function bytesOf(path: string, entry: ZipEntry): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of unpack(path, entry)) parts.push(part);
  return Buffer.concat(parts);
}

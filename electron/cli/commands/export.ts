import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ExportFormat } from '../../../shared/contract/documents.ts';
import type { Command } from '../run.ts';
import { type FilterOptions, toRequest } from './document-filter.ts';

interface Options extends FilterOptions {
  readonly to: ExportFormat;
  readonly out: string;
  readonly columns?: string;
}

export const exportCommand: Command<Options> = async (run, [path = ''], options) => {
  const request = await toRequest(run.path(path), options);
  const named = options.columns?.split(',').map((name) => name.trim());
  const columns = named?.filter((name) => name !== '');
  const write = (out: string) =>
    run.callLong('Exporting', (client, signal) =>
      client.documents.export(
        { ...request, to: options.to, out, ...(columns === undefined ? {} : { columns }) },
        { signal },
      ),
    );
  if (options.out !== '-') {
    const value = await write(run.path(options.out));
    return { value, text: () => `${value.documents} documents are in ${value.path}.` };
  }
  const folder = await mkdtemp(join(tmpdir(), 'ndi-export-'));
  try {
    const { path: file } = await write(join(folder, `documents.${options.to}`));
    await pipeline(createReadStream(file), process.stdout, { end: false });
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ExportFormat } from '../../../shared/contract/documents.ts';
import type { Command } from '../run.ts';
import { type FilterOptions, toRequest } from './document-filter.ts';

interface Options extends FilterOptions {
  readonly to: ExportFormat;
  readonly out?: string;
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
  const { out = freeName(basename(run.path(path)), options.to) } = options;
  if (out !== '-') {
    const value = await write(run.path(out));
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

/** A file of this folder that is not there yet. */
function freeName(name: string, ending: string): string {
  for (let number = 1; ; number += 1) {
    const file = `${name}${number === 1 ? '' : `-${number}`}.${ending}`;
    if (!existsSync(resolve(file))) return file;
  }
}

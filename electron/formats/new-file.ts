import { open, type FileHandle } from 'node:fs/promises';

/** Makes a file that begins with these bytes and leaves it open behind them; a file that is there already is a fault. */
export async function startFile(path: string, header: Uint8Array): Promise<FileHandle> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(header);
  } catch (error) {
    await file.close();
    throw error;
  }
  return file;
}

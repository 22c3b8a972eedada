/** What a browser tells of a dropped folder or file: enough to find it again on the machine of the services. */
export interface DroppedEntry {
  readonly name: string;
  readonly folder: boolean;
  readonly sizeBytes: number | null;
  readonly children: { name: string; sizeBytes: number | null }[];
}

/** Children that are told to the services: enough to tell two folders of one name apart. */
const MOST_CHILDREN = 200;

/** Must be called at once in the drop event: the browser forgets its entries afterwards. */
export function droppedEntries(data: DataTransfer): FileSystemEntry[] {
  return [...data.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry())
    .filter((entry) => entry !== null);
}

export async function describeEntry(entry: FileSystemEntry): Promise<DroppedEntry> {
  if (!entry.isDirectory) {
    return { name: entry.name, folder: false, sizeBytes: await sizeOf(entry), children: [] };
  }
  const entries = await childrenOf(entry as FileSystemDirectoryEntry);
  const children = await Promise.all(
    entries.map(async (child) => ({ name: child.name, sizeBytes: await sizeOf(child) })),
  );
  return { name: entry.name, folder: true, sizeBytes: null, children };
}

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  // A reader gives its entries in portions; an empty one is the end.
  while (all.length < MOST_CHILDREN) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (portion.length === 0) break;
    all.push(...portion);
  }
  return all.slice(0, MOST_CHILDREN);
}

/** Size of a file; null of folders and of files that may not be read. */
function sizeOf(entry: FileSystemEntry): Promise<number | null> {
  if (!entry.isFile) return Promise.resolve(null);
  return new Promise((resolve) => {
    (entry as FileSystemFileEntry).file(
      (file) => {
        resolve(file.size);
      },
      () => {
        resolve(null);
      },
    );
  });
}

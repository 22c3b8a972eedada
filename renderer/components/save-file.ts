/** Bytes are kept this long for the browser to take them. */
const TAKEN_WITHIN_MS = 10_000;

/** A title as the name of a file, which every system takes. */
export function fileNameOf(title: string): string {
  return title.replace(/[^\p{L}\p{N}._-]+/gu, '_');
}

/** Hands bytes to the browser as a file to keep. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), TAKEN_WITHIN_MS);
}

/** Beginnings by which content of other kinds is told, so that an error can say what a misnamed file really is. */
const beginnings: readonly { readonly name: string; readonly bytes: readonly number[] }[] = [
  { name: 'an Intan RHD recording', bytes: [0x02, 0x27, 0x91, 0xc6] },
  { name: 'an Intan RHS stimulation recording', bytes: [0xac, 0x27, 0x91, 0xd6] },
  { name: 'a Blackrock NSx recording', bytes: ascii('NEURALSG') },
  { name: 'a Blackrock NSx recording', bytes: ascii('NEURALCD') },
  { name: 'a Blackrock NSx recording', bytes: ascii('BRSMPGRP') },
  { name: 'a Blackrock NEV event file', bytes: ascii('NEURALEV') },
  { name: 'a Blackrock NEV event file', bytes: ascii('BREVENTS') },
  { name: 'a Neuralynx file', bytes: ascii('######## Neuralynx') },
  { name: 'an HDF5 file (NWB, MATLAB 7.3)', bytes: [0x89, ...ascii('HDF\r\n'), 0x1a, 0x0a] },
  { name: 'a MATLAB file', bytes: ascii('MATLAB 5.0 MAT-file') },
  { name: 'an Axon ABF recording', bytes: ascii('ABF ') },
  { name: 'an Axon ABF recording', bytes: ascii('ABF2') },
  { name: 'a Plexon recording', bytes: ascii('PLEX') },
  { name: 'a CED Spike2 recording', bytes: ascii('S64') },
  { name: 'an EDF recording', bytes: ascii('0       ') },
  { name: 'a BDF recording', bytes: [0xff, ...ascii('BIOSEMI')] },
  { name: 'a NumPy array', bytes: [0x93, ...ascii('NUMPY')] },
  { name: 'a SQLite database', bytes: ascii('SQLite format 3') },
  { name: 'a ZIP archive', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { name: 'a gzip archive', bytes: [0x1f, 0x8b] },
  { name: 'a PDF document', bytes: ascii('%PDF-') },
  { name: 'a PNG picture', bytes: [0x89, ...ascii('PNG')] },
  { name: 'an XML document', bytes: ascii('<?xml') },
];

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

export function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte);
}

/** What the bytes are, as a noun with its article; unknown content is described by its first bytes. */
export function describeContent(head: Uint8Array): string {
  const known = beginnings.find(({ bytes }) => startsWith(head, bytes));
  if (known) return known.name;
  const first = head.subarray(0, 512);
  if (first.every((byte) => byte === 0)) return 'only zeros, as a failed copy leaves them';
  if (first.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127)))
    return 'plain text';
  const shown = Array.from(head.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `of an unknown kind (it begins with the bytes ${shown})`;
}

/** Sentence for a file whose name promises what its content does not keep. */
export function refusal(head: Uint8Array, promised: string): string {
  const content = head.length === 0 ? 'The file is empty' : `The content is ${describeContent(head)}`;
  return `${content}, although the name says ${promised}.`;
}

import { directoryLayout } from './directory.ts';
import { readHeader } from './header.ts';
import { intanFormat } from './recording.ts';
import { singleFile } from './single-file.ts';

/** Intan RHD2000: single file, one file a signal type, one file a channel; versions 1.0 to 3.x. */
export const intanRhd = intanFormat({
  id: 'intan-rhd',
  name: 'Intan RHD2000',
  family: 'RHD',
  magic: [0x02, 0x27, 0x91, 0xc6],
  readHeader,
  singleFile,
  directoryLayout,
});

import { intanFormat } from '../intan-rhd/recording.ts';
import { directoryLayout } from './directory.ts';
import { readHeader } from './header.ts';
import { singleFile } from './single-file.ts';

/** Intan RHS2000, the stimulation and recording controller: single file, one file a signal type, one file a channel. */
export const intanRhs = intanFormat({
  id: 'intan-rhs',
  name: 'Intan RHS2000',
  family: 'RHS',
  magic: [0xac, 0x27, 0x91, 0xd6],
  readHeader,
  singleFile,
  directoryLayout,
});

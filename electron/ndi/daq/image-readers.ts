import type { SeriesReader } from '../../formats/images/series.ts';
import type { DaqSystem } from './daq-systems.ts';
import { sameClass } from './navigator.ts';

/** Names of NDR's image readers (`ndr_reader_types.json`; reference, section 11), whatever their case. */
const readers: readonly { readonly names: readonly string[]; readonly reader: SeriesReader }[] = [
  { names: ['tiffstack', 'tiff', 'tif', 'multipagetiff'], reader: 'tiffstack' },
  { names: ['prairieview', 'prairie', 'pv', 'prairieview_pcf'], reader: 'prairieview' },
];

/** How the files of an image DAQ system are read; null where that is not known here. */
export function imageReader({ readerClass, readerArgument }: DaqSystem): SeriesReader | null {
  if (!sameClass(readerClass, 'ndi.daq.reader.image.ndr')) return null;
  const name = readerArgument === '' ? 'tiffstack' : readerArgument.toLowerCase();
  return readers.find(({ names }) => names.includes(name))?.reader ?? null;
}

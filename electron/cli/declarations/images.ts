import { InvalidArgumentError, Option } from 'commander';
import { colorMaps } from '../../../shared/model/contrast.ts';
import type { Declaration } from './declaration.ts';
import { deviceOption, epochOption, finite, integer } from './options.ts';

/** Pictures and stacks of frames. */
export const imageDeclarations: readonly Declaration<never>[] = [
  {
    usage: 'images <path>',
    does: 'List what a session holds of pictures: documents, and epochs of image DAQ systems',
    example: 'ndi images ~/sessions/exp1',
    options: [new Option('--session <id>', 'one of a dataset’s sessions')],
    load: async () => (await import('../commands/images.ts')).images,
  },
  {
    usage: 'image <path>',
    does: 'Tell what a picture or stack is, or give one of its frames; frames are read of TIFF and PNG files and of raw values, of JPEG, GIF and movies only what they are is told',
    example: 'ndi image ~/sessions/exp1 --device scope --epoch 1 --at T=120 --out frame.png',
    options: [
      new Option('--id <id>', 'document of the session or dataset that holds it'),
      new Option('--file <name>', 'one of its files, for documents of other classes'),
      deviceOption(),
      epochOption(),
      new Option('--at <indexes>', 'frame by its index on each axis, from 0, such as T=120 or C=1,T=120').argParser(
        places,
      ),
      new Option('--time <seconds>', 'the frame that was nearest to a time').argParser(finite),
      new Option(
        '--format <name>',
        'form of the frame (of --out by its ending; else json with --json, else csv)',
      ).choices(['json', 'csv', 'npy', 'png']),
      new Option(
        '--limits <low,high>',
        'values that a PNG shows darkest and brightest; else all but one in a hundred',
      ).argParser(limits),
      new Option('--colors <map>', 'colours of a PNG').choices([...colorMaps]).default('gray'),
      new Option('--out <file>', 'file to write; - is standard output'),
    ],
    load: async () => (await import('../commands/image.ts')).image,
  },
  {
    usage: 'add-images <path> <files...>',
    does: 'Store TIFF, PNG, JPEG or MP4 files as documents of class imageStack',
    example: 'ndi add-images ~/sessions/exp1 cells.tif --scale 0.65 --units micrometer --subject 412697a0c48c7ef0_…',
    options: [
      new Option('--label <text>', 'what they show'),
      new Option('--scale <n>', 'from pixel to pixel').argParser(positive),
      new Option('--units <name>', 'units of the scale, such as micrometer'),
      new Option('--subject <id>', 'document of the subject that they show'),
      new Option('--session <id>', 'one of a dataset’s sessions'),
    ],
    load: async () => (await import('../commands/images.ts')).addImages,
  },
];

/** `C=1,T=120` */
function places(text: string): Record<string, number> {
  const parts = text.split(',').map((part) => /^\s*([A-Za-z])\s*=\s*(\d+)\s*$/.exec(part));
  if (parts.some((part) => part === null)) throw new InvalidArgumentError('Write it as T=120 or C=1,T=120.');
  return Object.fromEntries(parts.map((part) => [(part?.[1] ?? '').toUpperCase(), integer(part?.[2] ?? '')]));
}

function limits(text: string): [number, number] {
  const [low, high, ...more] = text.split(',').map(finite);
  if (low === undefined || high === undefined || more.length > 0 || low >= high) {
    throw new InvalidArgumentError('Write the lower and the higher value, such as 100,4000.');
  }
  return [low, high];
}

function positive(text: string): number {
  const value = finite(text);
  if (value <= 0) throw new InvalidArgumentError('It must be more than 0.');
  return value;
}

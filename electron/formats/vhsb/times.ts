import { withFile } from '../file-bytes.ts';
import { readWord } from '../word-decoder.ts';
import { readHeader } from './header.ts';
import { eachRow } from './rows.ts';

/** How many samples a file holds: its header alone is read. @throws NdiError format.*, path.* */
export function countVhsb(path: string): number {
  return withFile(path, (file) => readHeader(file).samples);
}

/**
 * Times of all samples, each with the first of its values.
 * @throws NdiError format.*, path.*
 */
export function readVhsbRows(path: string): [time: number, value: number][] {
  return withFile(path, (file) => {
    const header = readHeader(file);
    const { word, scale } = header.y;
    const rows: [number, number][] = [];
    eachRow(file, header, (time, view, at) => {
      rows.push([time, (readWord(word, view, at) - scale.offset) * scale.scale]);
    });
    return rows;
  });
}

/**
 * Times of all samples, in the order of the file. Of a train of spikes, these are the spikes.
 * @throws NdiError format.*, path.*
 */
export function readVhsbTimes(path: string): Float64Array<ArrayBuffer> {
  return withFile(path, (file) => {
    const header = readHeader(file);
    const times = new Float64Array(header.samples);
    eachRow(file, header, (time, _view, _at, sample) => {
      times[sample] = time;
    });
    return times;
  });
}

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { eventChannel } from '../channels.ts';
import { formatFault, toReadFault } from '../file-faults.ts';
import { readMeasuredTrials } from './newstim.ts';
import { onOffMarks, type StimulusReader, threeMarkers, valueMarks } from './stimulus-reader.ts';

/** Ids are sent over eight lines. */
const SENT_IDS = 256;

/**
 * Visual stimuli of the Van Hooser laboratory: `stimtimes.txt` has a line for each trial as Spike2 saw it (id, onset,
 * frames), `stims.mat` how long the stimulus computer took for each, `verticalblanking.txt` the refreshes of the screen.
 */
export const vhlabVisSpike2: StimulusReader = {
  id: 'vhlabvisspike2',
  channels: [
    ...threeMarkers,
    eventChannel('event', 1, 'frame trigger'),
    eventChannel('event', 2, 'vertical refresh'),
    eventChannel('event', 3, 'background trigger'),
  ],
  extent: 'stated',
  marks: (files) => {
    const path = need(files, 'stimtimes.txt');
    const folder = dirname(path);
    const seen = selected(readTrials(path), join(folder, 'stimtimes2stimtimes_mapping.txt'));
    const stims = need(files, 'stims.mat');
    const measured = selected(readMeasuredTrials(stims), join(folder, 'mti2stimtimes_mapping.txt'));
    if (seen.length !== measured.length) {
      const sentence = `it lists ${seen.length} trials, but stims.mat has the times of ${measured.length}.`;
      throw formatFault('format.invalid', path, sentence, { trials: seen.length, measured: measured.length });
    }
    const trials = seen.map(({ id, on, frames }, at) => {
      const times = measured[at] ?? { stimulusId: NaN, open: NaN, on: NaN, off: NaN, close: NaN };
      if (id !== times.stimulusId % SENT_IDS) {
        const sentence = `trial ${at + 1} shows stimulus ${id}, but stims.mat says ${times.stimulusId}.`;
        throw formatFault('format.invalid', path, sentence, { trial: at + 1 });
      }
      const shift = on - times.on;
      return {
        id: times.stimulusId,
        on,
        frames,
        off: times.off + shift,
        open: times.open + shift,
        close: times.close + shift,
      };
    });
    const all = (field: 'on' | 'off' | 'open' | 'close') => trials.map((trial) => trial[field]);
    const events = (channel: string, times: readonly number[]) =>
      valueMarks(
        channel,
        times,
        times.map(() => 1),
      );
    const blanking = files.find((file) => basename(file) === 'verticalblanking.txt');
    return [
      ...onOffMarks('mk1', all('on'), all('off')),
      ...valueMarks(
        'mk2',
        all('on'),
        trials.map(({ id }) => id),
      ),
      ...onOffMarks('mk3', all('open'), all('close')),
      ...events(
        'e1',
        trials.flatMap(({ frames }) => frames),
      ),
      ...events('e2', blanking === undefined ? [] : readNumbers(blanking)),
      ...events('e3', all('open')),
    ];
  },
};

function readTrials(path: string): { id: number; on: number; frames: number[] }[] {
  return readText(path)
    .split(/\r\n|\r|\n/)
    .flatMap((line, at) => {
      if (line.trim() === '') return [];
      const [id = NaN, on = NaN, ...frames] = line.trim().split(/\s+/).map(Number);
      if (!Number.isNaN(id + on) && frames.every((time) => !Number.isNaN(time))) return [{ id, on, frames }];
      throw formatFault('format.invalid', path, `line ${at + 1} is not an id, an onset and times of frames.`, {
        line: at + 1,
      });
    });
}

/** Items by the 1-based places that a mapping file lists, where there is one; what has no counterpart is NaN there. */
function selected<T>(items: readonly T[], mapping: string): readonly T[] {
  if (!existsSync(mapping)) return items;
  const places = readNumbers(mapping).filter((place) => !Number.isNaN(place));
  return places.map((place) => {
    const item = items[place - 1];
    if (item !== undefined) return item;
    throw formatFault('format.invalid', mapping, `it names trial ${place} of ${items.length}.`, { trial: place });
  });
}

function readNumbers(path: string): number[] {
  return readText(path)
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => {
      const number = /^nan$/i.test(word) ? NaN : Number(word);
      if (!Number.isNaN(number) || /^nan$/i.test(word)) return number;
      throw formatFault('format.invalid', path, `"${word.slice(0, 40)}" is no number.`);
    });
}

function need(files: readonly string[], name: string): string {
  const found = files.find((file) => basename(file) === name);
  if (found !== undefined) return found;
  throw formatFault('format.invalid', files[0] ?? name, `no ${name} is among the files of the epoch.`, { field: name });
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw toReadFault(error, path);
  }
}

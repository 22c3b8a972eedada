import { basename } from 'node:path';
import { eventChannel } from '../channels.ts';
import { formatFault } from '../file-faults.ts';
import { readAngelucci } from './angelucci.ts';
import { readAnalyzer, shownConditions } from './analyzer.ts';
import { readBpodLog } from './bpod.ts';
import { edgesOfSet } from './bpod-sets.ts';
import {
  type Edges,
  onOffMarks,
  type StimulusMark,
  type StimulusReader,
  threeMarkers,
  twoMarkers,
  valueMarks,
} from './stimulus-reader.ts';
import { vhlabVisSpike2 } from './vhlab-vis-spike2.ts';

/** The analog lines of the Nielsen laboratory's Neuropixels rig. */
const NIELSEN_LINE = { thresholdV: 2.5, refractorySec: 0.05 };

const readers: readonly StimulusReader[] = [
  vhlabVisSpike2,
  {
    id: 'nielsenvisintan',
    channels: threeMarkers,
    extent: 'counted',
    marks: (files, edges) => nielsenMarks(files, edges('di2'), edges('di1')),
  },
  {
    id: 'nielsenvisneuropixelsglx',
    channels: threeMarkers,
    extent: 'counted',
    marks: (files, edges) => nielsenMarks(files, edges('ai2', NIELSEN_LINE), edges('ai1', NIELSEN_LINE)),
  },
  {
    id: 'rayolab_intanseries',
    channels: twoMarkers,
    extent: 'counted',
    marks: (_files, edges) => {
      // The line rests high and is low while the stimulus is on.
      const { up, down } = edges('di1');
      return [
        ...onOffMarks('mk1', down, up),
        ...valueMarks(
          'mk2',
          down,
          down.map(() => 1),
        ),
      ];
    },
  },
  {
    id: 'angelucci_visstim',
    channels: twoMarkers,
    extent: 'stamped',
    marks: (files) => {
      const { onTimes, onDurationSec, order } = readAngelucci(need(files, /^stimdata\.mat$/i, 'stimData.mat'));
      const off = onTimes.map((time) => time + onDurationSec);
      return [...onOffMarks('mk1', onTimes, off), ...valueMarks('mk2', onTimes, order)];
    },
  },
  {
    id: 'VHAudreyBPod',
    channels: [
      eventChannel('event', 1, 'stimulus on'),
      eventChannel('event', 2, 'stimulus off'),
      ...twoMarkers,
      eventChannel('marker', 3, 'stimulus off'),
    ],
    extent: 'counted',
    marks: (files, edges, hasRecording) => {
      const log = need(files, /_stimulus_triggers_log\.tsv$/i, '_stimulus_triggers_log.tsv');
      const trials = readBpodLog(log);
      const seen = hasRecording ? edgesOfSet(files, log, edges('di1', { refractorySec: 0.001 })) : null;
      const on = seen?.up ?? trials.map((trial) => trial.on);
      const off = seen?.down ?? trials.map((trial) => trial.off);
      return [
        ...valueMarks(
          'e1',
          on,
          on.map(() => 1),
        ),
        ...valueMarks(
          'e2',
          off,
          off.map(() => 1),
        ),
        ...valueMarks(
          'mk1',
          on,
          on.map(() => 1),
        ),
        ...valueMarks(
          'mk2',
          on,
          trials.map((trial) => trial.stimulusId),
        ),
        ...valueMarks(
          'mk3',
          off,
          off.map(() => -1),
        ),
      ];
    },
  },
];

export function findStimulusReader(id: string): StimulusReader {
  const found = readers.find((reader) => reader.id === id);
  if (found === undefined) throw new RangeError(`There is no stimulus reader ${id}.`);
  return found;
}

/** On/off and set-up/clear of lines; the analyzer file tells what was shown, in order. */
function nielsenMarks(files: readonly string[], shown: Edges, setUp: Edges): StimulusMark[] {
  const path = need(files, /\.analyzer$/i, '.analyzer');
  const ids = shownConditions(path, readAnalyzer(path), shown.up.length);
  return [
    ...onOffMarks('mk1', shown.up, shown.down),
    ...valueMarks('mk2', shown.up, ids),
    ...onOffMarks('mk3', setUp.up, setUp.down),
  ];
}

function need(files: readonly string[], pattern: RegExp, name: string): string {
  const found = files.find((file) => pattern.test(basename(file)));
  if (found !== undefined) return found;
  throw formatFault('format.invalid', files[0] ?? name, `no ${name} file is among the files of the epoch.`, {
    field: name,
  });
}

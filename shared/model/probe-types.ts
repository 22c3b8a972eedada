/** NDI's classes of probes and the types that each has, in the order of its table (daq reference, section 14.1). */
const classes = {
  'ndi.probe.timeseries.mfdaq': [
    ...['n-trode', 'electrode-1', 'patch', 'patch-Vm', 'patch-I', 'patch-attached', 'sharp', 'sharp-Vm', 'sharp-Im'],
    ...['lick-spout', 'reward-well', 'ecg', 'eeg', 'accelerometer', 'thermometer', 'ppg'],
  ],
  'ndi.probe.image': [...['wide-field-imaging', 'two-photon-imaging', 'one-photon-imaging', 'brightfield-imaging']],
  'ndi.probe.timeseries.stimulator': ['intraoral-cannula', 'optogenetic-fiber', 'stimulator', 'event'],
} as const;

const classOfType = new Map(
  Object.entries(classes).flatMap(([name, types]) => types.map((type): [string, string] => [type, name])),
);

/** All types that NDI knows; of the numbered electrodes the first. */
export const probeTypes: readonly string[] = [...classOfType.keys()];

/** Class of a probe of a type, in its exact spelling; `electrode-7` is one of the electrodes. Null: NDI has none. */
export function probeClass(type: string): string | null {
  return classOfType.get(type) ?? (/^electrode-\d+$/.test(type) ? 'ndi.probe.timeseries.mfdaq' : null);
}

/** Whether NDI has a class for probes of a type. */
export const isProbeType = (type: string): boolean => probeClass(type) !== null;

/** Whether probes of a type tell what was done to the subject: stimulators, and plain events. */
export const isStimulator = (type: string): boolean => probeClass(type) === 'ndi.probe.timeseries.stimulator';

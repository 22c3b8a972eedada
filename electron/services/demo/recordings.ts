import type { NevElectrode, NsxChannel } from '../../formats/blackrock/writer.ts';
import type { RhdChannel } from '../../formats/intan-rhd/writer.ts';
import type { EpochPlan } from './plan.ts';
import { stimuli } from './stimuli.ts';

/** What is plugged into the two devices of the sample experiment, and where their files lie. */

/** A probe of 16 sites in a row. */
export const intanAmplifiers: readonly RhdChannel[] = Array.from({ length: 16 }, (_, index) => {
  const name = `A-${String(index).padStart(3, '0')}`;
  return { nativeName: name, customName: name, impedance: 450_000 + 23_000 * ((index * 7) % 16) };
});

/** The headstage's accelerometer. */
export const intanAuxiliaries: readonly RhdChannel[] = [1, 2, 3].map((number) => ({
  nativeName: `A-AUX${number}`,
  customName: `A-AUX${number}`,
}));

export const intanAnalogInputs: readonly RhdChannel[] = [
  { nativeName: 'ANALOG-IN-1', customName: 'trigger' },
  { nativeName: 'ANALOG-IN-2', customName: 'photodiode' },
];

/** One line a stimulus, up while it is shown (`di1` is stimulus 1, as NDI's stimulator reads lines); then the trigger. */
export const intanDigitalInputs: readonly RhdChannel[] = [
  ...stimuli.map((stimulus) => `stimulus ${stimulus.id}`),
  'trigger',
].map((customName, bit) => ({ nativeName: `DIGITAL-IN-${String(bit + 1).padStart(2, '0')}`, customName }));

/** Bit of the trigger's line, and the number of its NDI channel. */
export const TRIGGER_BIT = stimuli.length;
export const TRIGGER_CHANNEL = TRIGGER_BIT + 1;

/** Three electrodes of the second probe. */
export const blackrockElectrodes: readonly NevElectrode[] = [1, 2, 3].map((electrodeId) => ({
  electrodeId,
  label: `elec${electrodeId}`,
  nanovoltsPerBit: 250,
  threshold: -45,
  sortedUnits: 1,
  band: [0.3, 7500],
}));

/** The electrodes and the trigger's trace. */
export const blackrockChannels: readonly NsxChannel[] = [
  ...blackrockElectrodes.map(({ electrodeId, label, band }) => ({
    electrodeId,
    label,
    units: 'uV',
    maxAnalog: 8191,
    maxDigital: 32_764,
    band,
  })),
  { electrodeId: 129, label: 'ainp1', units: 'mV', maxAnalog: 5000, maxDigital: 32_767, band: [0, 7500] },
];

/** Files of an epoch, relative to the session folder, with forward slashes. */
export function epochFiles(epoch: EpochPlan) {
  const stamp = epoch.startedAt
    .toISOString()
    .replaceAll(/[-:]|\..*/g, '')
    .slice(2)
    .replace('T', '_');
  return {
    intan1: [`${epoch.name}/intan/${epoch.name}_${stamp}.rhd`],
    blackrock1: [`${epoch.name}/${epoch.name}.ns5`, `${epoch.name}/${epoch.name}.nev`],
    stimulusLog: `${epoch.name}/${epoch.name}_stimulus_log.tsv`,
  } as const;
}

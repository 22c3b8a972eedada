import { clockTime } from './clocks.ts';
import {
  BLACKROCK_RATE,
  EPOCH_SECONDS,
  INTAN_RATE,
  TRIGGER_WIDTH,
  blackrockSample,
  blackrockStamp,
  type EpochPlan,
  type ExperimentPlan,
} from './plan.ts';
import { stimuli, stimulusParameters } from './stimuli.ts';
import { sortedAs } from './sorting.ts';
import { LATENCY, REFRACTORY, amplitudeOn, firingRate, type Unit } from './units.ts';
import { blackrockElectrodes, epochFiles, intanAmplifiers } from './recordings.ts';

/**
 * Everything that was planted, as plain JSON. Times are seconds of the device that is named, exactly as its files hold
 * them; `truth.json` in the session folder is this.
 */
export function experimentTruth(plan: ExperimentPlan) {
  return {
    seed: plan.seed,
    trueTime: 'intan1',
    devices: {
      intan1: { sampleRate: INTAN_RATE, channels: intanAmplifiers.map((_, index) => `ai${index + 1}`) },
      blackrock1: {
        sampleRate: BLACKROCK_RATE,
        channels: blackrockElectrodes.map((electrode) => `ai${electrode.electrodeId}`),
      },
    },
    stimuli: stimuli.map((stimulus) => ({ ...stimulus, parameters: stimulusParameters(stimulus) })),
    refractoryPeriod: REFRACTORY,
    responseLatency: LATENCY,
    units: plan.units.map((unit, index) => unitTruth(plan, unit, index)),
    epochs: plan.epochs.map(epochTruth),
  };
}

function unitTruth(plan: ExperimentPlan, unit: Unit, index: number) {
  const first =
    unit.device === 'intan1' ? intanAmplifiers.map((_, k) => k + 1) : blackrockElectrodes.map((e) => e.electrodeId);
  return {
    name: unit.name,
    device: unit.device,
    /** The neuron in the session, or the event channel and value of the device's own sorting. */
    sortedAs: sortedAs(plan.units, unit),
    channels: first
      .map((number, channel) => ({ name: `ai${number}`, microvolts: unit.amplitude * amplitudeOn(unit, channel) }))
      .filter((channel) => channel.microvolts > 0),
    preferredDirection: unit.tuning.preferredDirection,
    tuning: {
      ...unit.tuning,
      curve: stimuli.map((stimulus) => ({
        stimulusId: stimulus.id,
        direction: stimulus.direction,
        rate: firingRate(unit.tuning, stimulus.direction),
      })),
    },
    spikes: plan.epochs.map((epoch) => ({
      epoch: epoch.number,
      times: (epoch.spikes[index] ?? []).map((sample) =>
        unit.device === 'intan1' ? sample / INTAN_RATE : blackrockStamp(epoch.blackrock, sample) / BLACKROCK_RATE,
      ),
    })),
  };
}

function epochTruth(epoch: EpochPlan) {
  const { blackrock1, stimulator } = epoch.clocks;
  return {
    number: epoch.number,
    folder: epoch.name,
    files: epochFiles(epoch),
    seconds: EPOCH_SECONDS,
    clocks: {
      blackrock1: {
        ...blackrock1,
        driftPpm: (blackrock1.scale - 1) * 1e6,
        firstSample: epoch.blackrock.firstStamp / BLACKROCK_RATE,
        samples: epoch.blackrock.samples,
      },
      stimulator: { ...stimulator, driftPpm: (stimulator.scale - 1) * 1e6 },
    },
    triggerWidth: TRIGGER_WIDTH,
    triggers: {
      intan1: epoch.triggers,
      blackrock1: epoch.triggers.map((time) => blackrockEventTime(epoch, time)),
    },
    presentations: epoch.presentations.map((shown) => ({
      ...shown,
      stimulatorOnset: clockTime(stimulator, shown.onset),
      stimulatorOffset: clockTime(stimulator, shown.offset),
      blackrockOnset: blackrockEventTime(epoch, shown.onset),
    })),
  };
}

/** When the second device notes an event: on its own clock, rounded to its ticks. */
function blackrockEventTime(epoch: EpochPlan, trueTime: number): number {
  return blackrockEventStamp(epoch, trueTime) / BLACKROCK_RATE;
}

function blackrockEventStamp(epoch: EpochPlan, trueTime: number): number {
  return blackrockStamp(epoch.blackrock, blackrockSample(epoch.clocks.blackrock1, epoch.blackrock, trueTime));
}

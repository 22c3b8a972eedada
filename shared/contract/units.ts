import { oc } from '@orpc/contract';
import { z } from 'zod';
import { bytesSchema, problemSchema } from './common.ts';
import { signalSourceSchema } from './recordings.ts';

export const unitSchema = z.object({
  /** The same in every epoch of a session. */
  id: z.string(),
  name: z.string(),
  /**
   * Where its spikes come from: a neuron of the session (`neuron_extracellular`, `element_epoch`), clusters that were not
   * made neurons yet (`spike_clusters`), a folder of Kilosort or Phy, or the device that sorted while it recorded.
   */
  origin: z.enum(['neuron', 'ensemble', 'clusters', 'folder', 'device']),
  /** What it was judged to be (`good`, `mua`); empty where nobody did. */
  quality: z.string(),
  /** DAQ system whose spikes these are; empty for a recording by itself. */
  device: z.string(),
  /** Name and reference of the probe; empty where not known. */
  probe: z.string(),
  /** Channels of its device, the one with its largest spikes first; empty where nothing tells them. */
  channels: z.array(z.string()),
  /** Depth on the probe in µm, where the sorter tells it. */
  depth: z.number().nullable(),
  /** Spikes in the epoch of its device, and those a second. */
  spikes: z.number(),
  ratePerSec: z.number().nullable(),
  /** Whether its times were carried from another device's clock, and by how many seconds they may be wrong. */
  carried: z.boolean(),
  errorSec: z.number().nullable(),
});
export type Unit = z.infer<typeof unitSchema>;

export const unitListSchema = z.object({ units: z.array(unitSchema), problems: z.array(problemSchema) });
export type UnitList = z.infer<typeof unitListSchema>;

const unitIds = z.array(z.string()).min(1).max(2000);

export const meanWaveformSchema = z.object({
  /** Mean of the spikes on each channel, high-passed at 300 Hz, in `units`; the first is the unit's own. */
  channels: z.array(z.object({ name: z.string(), values: z.array(z.number()) })),
  units: z.string(),
  /** Time of the first value, in seconds from the spike. */
  startSec: z.number(),
  sampleRate: z.number(),
  /** Spikes that were averaged; 0 where the sorter's own waveform is shown. */
  spikes: z.number(),
});
export type MeanWaveform = z.infer<typeof meanWaveformSchema>;

export const unitsContract = {
  /** Units whose spikes fall into the source, those of other devices on its clock. */
  list: oc.input(z.object({ source: signalSourceSchema })).output(unitListSchema),
  /** Spike times on the source's clock as a binary frame (`shared/model/spike-frame.ts`), one a column of each unit. */
  spikes: oc
    .input(
      z.object({
        source: signalSourceSchema,
        units: unitIds,
        t0: z.number(),
        t1: z.number(),
        columns: z.number().int().min(1).max(8192),
      }),
    )
    .output(bytesSchema),
  /** All spike times of a range, for scripts. */
  times: oc
    .input(
      z.object({
        source: signalSourceSchema,
        /** Without it all units. */
        units: unitIds.optional(),
        from: z.number(),
        to: z.number(),
      }),
    )
    .output(z.array(z.object({ id: z.string(), name: z.string(), times: z.array(z.number()) }))),
  /** The nearest spike of some units after (or before) a time; null where there is none. */
  next: oc
    .input(z.object({ source: signalSourceSchema, units: unitIds, time: z.number(), back: z.boolean().default(false) }))
    .output(z.object({ time: z.number(), unit: z.string() }).nullable()),
  /** Mean waveform of a unit, computed from the recording. */
  waveform: oc.input(z.object({ source: signalSourceSchema, unit: z.string() })).output(meanWaveformSchema),
};

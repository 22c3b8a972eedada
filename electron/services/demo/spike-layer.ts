import { amplitudeOn, waveform, type Unit } from './units.ts';

/** Adds the spikes of a device's cells to its signals, stretch by stretch in order of time. */
export interface SpikeLayer {
  /** @param first sample index of the stretch's first sample; `signals` holds one array a channel */
  addTo(signals: readonly Float32Array[], first: number, count: number): void;
}

/** @param spikes sample indices of the troughs of each unit, ascending */
export function createSpikeLayer(
  units: readonly Unit[],
  spikes: readonly (readonly number[])[],
  channels: number,
  sampleRate: number,
): SpikeLayer {
  const layers = units.map((unit, index) => ({
    ...waveform(unit, sampleRate),
    train: spikes[index] ?? [],
    gains: Array.from({ length: channels }, (_, channel) => amplitudeOn(unit, channel)),
    /** The first spike that may still reach into a stretch to come. */
    next: 0,
  }));
  return {
    addTo(signals, first, count) {
      for (const layer of layers) {
        const { train, values, trough, gains } = layer;
        const starts = (index: number) => (train[index] ?? Infinity) - trough - first;
        while (starts(layer.next) + values.length <= 0) layer.next++;
        for (let index = layer.next; starts(index) < count; index++) {
          const start = starts(index);
          const from = Math.max(0, -start);
          const to = Math.min(values.length, count - start);
          signals.forEach((signal, channel) => {
            const gain = gains[channel] ?? 0;
            if (gain === 0) return;
            for (let s = from; s < to; s++) signal[start + s] = (signal[start + s] ?? 0) + gain * (values[s] ?? 0);
          });
        }
      }
    },
  };
}

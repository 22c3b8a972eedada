/** What a test wants to stand in a file. Value of channel c at sample s: 0.5 + s + c / 4. */
export interface MadeBjg {
  readonly channels?: number;
  readonly rate?: number;
  readonly labels: readonly string[];
  readonly samples: number;
}

export function madeBjg({ labels, channels = labels.length, rate = 1000, samples }: MadeBjg): Buffer {
  const lines = [
    'BJG binary 1.0',
    '12-Mar-2024-1 10:20:30',
    `${channels}Channels`,
    `${rate}Samples/Second per Channel`,
  ];
  const header = Buffer.alloc(4096, ' ');
  header.write([...lines, 'start', ...labels, 'stop', ''].join('\n'));
  const values = Float32Array.from({ length: samples * channels }, (_, at) => {
    return 0.5 + Math.floor(at / channels) + (at % channels) / 4;
  });
  return Buffer.concat([header, Buffer.from(values.buffer)]);
}

import { join } from 'node:path';
import { expect } from 'vitest';
import type { CallOutputs } from '../../../../shared/contract/contract.ts';
import { makeDemo } from '../../demo/demo.ts';
import type { experimentTruth } from '../../demo/truth.ts';
import { newFolder } from '../../imports/testing/made-recordings.ts';
import { createServices, type Services } from '../../services.ts';

/** The sample session, whose clocks are known exactly. */
export interface SampleClocks {
  readonly services: Services;
  readonly path: string;
  readonly truth: ReturnType<typeof experimentTruth>;
  readonly info: CallOutputs['demo']['make']['info'];
  /** Id of a device's epoch of a number. */
  readonly idOf: (device: string, number: number) => string;
}

export async function makeSampleClocks(): Promise<SampleClocks> {
  const services = createServices({ door: 'cli', dataFolder: newFolder() });
  const path = join(newFolder(), 'sample');
  const { truth, info } = await makeDemo(services, { folder: path, seed: 5 });
  const idOf = (device: string, number: number) =>
    info.epochs.find((epoch) => epoch.device === device && epoch.number === number)?.epochId ?? '';
  return { services, path, truth: truth as ReturnType<typeof experimentTruth>, info, idOf };
}

export const fault = (code: string): Error => expect.objectContaining({ code }) as Error;

/** The local time of a device, in one of its epochs. */
export const local = (device: string, epoch?: number) => ({
  device,
  clock: 'dev_local_time',
  ...(epoch === undefined ? {} : { epoch: String(epoch) }),
});

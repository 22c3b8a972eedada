import type { SignalSource } from '../../shared/contract/recordings.ts';
import type { Run } from './run.ts';

export interface SourceOptions {
  readonly device?: string;
  readonly epoch?: string;
}

/** Which signals a command means. */
export function sourceOf(run: Run, path: string, options: SourceOptions): SignalSource {
  return {
    path: run.path(path),
    ...(options.device === undefined ? {} : { device: options.device }),
    ...(options.epoch === undefined ? {} : { epoch: options.epoch }),
  };
}

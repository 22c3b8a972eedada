import type { SignalSource } from '../../shared/contract/recordings.ts';
import type { Run } from './run.ts';

export interface SourceOptions {
  readonly device?: string;
  readonly element?: string;
  readonly epoch?: string;
}

/** Which signals a command means. */
export function sourceOf(run: Run, path: string, options: SourceOptions): SignalSource {
  return {
    path: run.path(path),
    ...(options.device === undefined ? {} : { device: options.device }),
    ...(options.element === undefined ? {} : { element: options.element }),
    ...(options.epoch === undefined ? {} : { epoch: options.epoch }),
  };
}

import type { RowFormat } from './sample-rows.ts';
import type { SourceOptions } from './source.ts';

export interface ReadOptions extends SourceOptions {
  readonly channels?: string;
  readonly probe?: string;
  readonly from: number;
  readonly to: number;
  readonly samples?: boolean;
  readonly clock?: string;
  readonly format?: Format;
  readonly out?: string;
}

export type Format = 'json' | RowFormat;

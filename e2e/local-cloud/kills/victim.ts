// The process that is killed: carries out what it is told, by the engine itself, and says when it has begun and ended.
import { Computer, type ComputerOptions } from '../sync/computer.ts';

export interface Errand extends ComputerOptions {
  readonly kind: 'upload' | 'download' | 'twoWay';
  /** Of the copy; for a download the folder into which it goes. */
  readonly path: string;
  readonly datasetId: string;
}

export type Word = { readonly ended: true; readonly failed: readonly unknown[] } | { readonly thrown: string };

process.once('message', (errand: Errand) => {
  void carryOut(errand)
    .catch((thrown: unknown): Word => ({ thrown: thrown instanceof Error ? (thrown.stack ?? '') : String(thrown) }))
    .then((word) => process.send?.(word, () => process.exit(0)));
});

async function carryOut(errand: Errand): Promise<Word> {
  const computer = new Computer(errand);
  const { path, datasetId } = errand;
  switch (errand.kind) {
    case 'upload':
      return endOf((await computer.upload(path)).tally);
    case 'download': {
      const { path: copy, tally } = await computer.download(datasetId, path);
      if (tally.failed.length > 0) return endOf(tally);
      return endOf((await computer.sync(copy, { mode: 'downloadNew', files: true })).tally);
    }
    case 'twoWay': {
      const options = { mode: 'twoWay', deletions: true, files: true, updateEdited: true } as const;
      return endOf((await computer.sync(path, { ...options, approval: { yes: true, maxDeletions: 1000 } })).tally);
    }
  }
}

function endOf({ failed }: { readonly failed: readonly unknown[] }): Word {
  return { ended: true, failed };
}

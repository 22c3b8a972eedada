import { describeItem, describeScan } from '../describe.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Answer, Command, Run } from '../run.ts';
import { sections } from '../tables.ts';

export const scan: Command<object> = async (run, [folder = '']) => {
  const value = await run.callLong('Scanning', (client, signal) =>
    client.imports.scan({ folder: run.path(folder) }, { signal }),
  );
  return { value, text: () => describeScan(value) };
};

interface CreateOptions {
  readonly reference: string;
  readonly from?: string;
  readonly subject?: string;
  readonly dataset?: boolean;
  readonly lab?: string;
}

export const create: Command<CreateOptions> = async (run, [sessionDir = ''], options) => {
  if (options.dataset === true) return createDataset(run, sessionDir, options);
  const value = await run.callLong('Making the session', (client, signal) =>
    client.imports.create(
      {
        sessionDir: run.path(sessionDir),
        reference: options.reference,
        ...(options.from === undefined ? {} : { from: run.path(options.from) }),
        ...(options.subject === undefined ? {} : { subject: options.subject }),
        ...(options.lab === undefined ? {} : { lab: options.lab }),
      },
      { signal },
    ),
  );
  return { value, text: () => describeItem(value) };
};

async function createDataset(run: Run, folder: string, options: CreateOptions): Promise<Answer> {
  if (options.from !== undefined || options.subject !== undefined) {
    throw new NdiError({
      code: 'usage.invalid',
      message: 'A dataset is made empty: --from and --subject are for sessions.',
      recovery: 'Make the session by itself, then add it with “ndi dataset add”.',
    });
  }
  const value = await run.call((client) =>
    client.datasets.create({ path: run.path(folder), reference: options.reference }),
  );
  return { value, text: () => describeItem(value) };
}

export const demo: Command<{ readonly seed: number }> = async (run, [folder = ''], { seed }) => {
  const { info, truth } = await run.callLong('Making the sample session', (client, signal) =>
    client.demo.make({ folder: run.path(folder), seed }, { signal }),
  );
  return {
    value: { ...info, truth },
    text: () => sections(describeItem(info), 'What was planted in it is in the answer with --json, as “truth”.'),
  };
};

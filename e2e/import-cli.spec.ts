import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { writeBlackrock, writeIntan } from '../electron/services/imports/testing/made-recordings.ts';
import { runProgram } from './support/program.ts';

interface Answer {
  readonly kind?: string;
  readonly error?: { readonly code: string };
  readonly sessions?: readonly { readonly reference: string; readonly path: string }[];
  readonly plan?: {
    readonly sessions: readonly { readonly reference: string }[];
    readonly unmatched: readonly string[];
  };
  readonly daqSystems?: readonly { readonly name: string }[];
  readonly removed?: number;
}

test('a folder is planned, imported, taken back, and imported as last time by the command line', async () => {
  const home = mkdtempSync(join(tmpdir(), 'ndi-import-cli-'));
  const dataFolder = join(home, 'data');
  const ndi = async (...words: string[]): Promise<Answer & { status: number }> => {
    const { out, status } = await runProgram([...words, '--json'], { dataFolder });
    return { ...(JSON.parse(out.toString()) as Answer), status: status ?? -1 };
  };
  try {
    const rig = join(home, 'rig');
    for (const [at, place] of ['m1/run1', 'm2/run1'].entries()) {
      await writeIntan(join(rig, ...place.split('/'), 'amp.rhd'), 3, at);
      await writeBlackrock(join(rig, ...place.split('/'), 'ev'), at + 20);
    }
    await writeIntan(join(rig, 'stray.rhd'), 3, 50);
    const choices = join(home, 'choices.json');
    const keys = ['m1/run1/amp.rhd', 'm2/run1/amp.rhd', 'stray.rhd'];
    const recordings = Object.fromEntries(keys.map((key) => [key, { device: 'array' }]));
    writeFileSync(choices, JSON.stringify({ recordings }));
    const said = ['--pattern', '{subject}/{epoch}/**', '--each', '--subject-lab', 'lab.org', '--choices', choices];

    const planned = await ndi('scan', rig, ...said);
    expect(planned.plan?.sessions.map(({ reference }) => reference)).toEqual(['m1', 'm2']);
    expect(planned.plan?.unmatched).toEqual(['stray.rhd']);

    const made = await ndi('create', rig, '--reference', 'all', '--from', rig, ...said, '--remember', 'Rig 1');
    expect(made).toMatchObject({ kind: 'dataset', status: 0 });
    const first = await ndi('info', join(rig, 'm1'));
    expect(first.daqSystems?.map(({ name }) => name).sort()).toEqual(['array', 'blackrock1']);
    // Three databases with their three texts, and an id and a probe map of each of the four epochs.
    expect((await ndi('uncreate', rig)).removed).toBe(20);
    expect(existsSync(join(rig, 'm1', '.ndi'))).toBe(false);
    expect(await ndi('uncreate', rig)).toMatchObject({ error: { code: 'edit.nothing' }, status: 5 });

    const copy = join(home, 'copy');
    const again = await ndi('create', copy, '--reference', 'b', '--from', rig, '--recipe', 'last', '--copy');
    expect(again.sessions?.map(({ path }) => path)).toEqual([join(copy, 'm1'), join(copy, 'm2')]);
    const copied = await ndi('info', join(copy, 'm2'));
    expect(copied.daqSystems?.map(({ name }) => name).sort()).toEqual(['array', 'blackrock1']);

    writeFileSync(choices, JSON.stringify({ merge: [] }));
    const wrong = await ndi('scan', rig, '--choices', choices);
    expect(wrong).toMatchObject({ error: { code: 'usage.invalid' }, status: 2 });
    expect(await ndi('recipes', '--forget', 'Rig 2')).toMatchObject({ error: { code: 'usage.invalid' } });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

test('what a raw file holds is said and taken back by the command line', async () => {
  const home = mkdtempSync(join(tmpdir(), 'ndi-matrix-cli-'));
  const ndi = async (...words: string[]) => {
    const { out, status } = await runProgram([...words, '--json'], { dataFolder: join(home, 'data') });
    return { ...(JSON.parse(out.toString()) as Record<string, unknown>), status };
  };
  try {
    const file = join(home, 'run.xyz');
    writeFileSync(file, Buffer.alloc(4000));
    const said = ['--channels', '4', '--type', 'int16', '--rate', '1000'];
    expect(await ndi('describe-matrix', file, '--channels', '4')).toMatchObject({
      error: { code: 'usage.invalid' },
      status: 2,
    });
    expect(await ndi('describe-matrix', file, ...said)).toMatchObject({ texts: [`${file}.json`], before: [null] });
    expect(await ndi('info', file)).toMatchObject({ format: 'binary-matrix', segments: [{ samples: 500 }] });
    expect(await ndi('describe-matrix', file, '--remove')).toMatchObject({ before: [{ channels: 4 }], status: 0 });
    expect(await ndi('info', file)).toMatchObject({ error: { code: 'format.unknown' } });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

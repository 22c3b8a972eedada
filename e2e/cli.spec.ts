import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { commandLine, type Info, type Samples } from './support/command-line.ts';
import { demoSession } from './support/demo.ts';
import { ended, startProgram, testEnvironment } from './support/program.ts';

const { folder, ndi, answer, failure } = commandLine();

test.describe('usage', () => {
  test('help has every command with an example, on standard output', async () => {
    const { text, status } = await ndi(['--help']);
    expect(status).toBe(0);
    const commands = [...text.matchAll(/^ {2}([a-z-]+) \[options\]/gm)].map(([, name = '']) => name);
    // Scripts rely on these; there may be more.
    const relied =
      'info scan create demo documents epochs probes read events envelope validate check add remove edit ingest copy export lookup sync-graph convert-time serve completion';
    expect(commands).toEqual(expect.arrayContaining(relied.split(' ')));
    for (const command of commands) {
      const help = await ndi([command, '--help']);
      expect(help.status).toBe(0);
      expect(help.text, command).toMatch(/Example:\n {2}.*ndi /);
    }
  });

  test('a mistake is told in one JSON value with --json, else on standard error; status 2', async () => {
    for (const args of [
      [],
      ['frob'],
      ['info'],
      ['info', '.', '--frob'],
      ['read', '.', '--from', '0', '--to', '1'],
      ['read', '.', '--channels', 'all', '--from', 'x', '--to', '1'],
      ['envelope', '.', '--channels', 'all', '--from', '0', '--to', '1', '--columns', '0'],
      ['documents', '.', '--depends-on', 'x'],
      ['documents', '.', '--where', 'base.name'],
      ['documents', '.', '--where', '[{'],
      ['completion', 'tcsh'],
      ['serve', '--port', '70000'],
    ]) {
      const error = await failure(args, 2);
      expect(['usage.invalid', 'query.invalid'], args.join(' ')).toContain(error.code);
    }
    const plain = await ndi(['frob']);
    expect([plain.status, plain.text]).toEqual([2, '']);
    expect(plain.err).toContain('[usage.invalid]');
  });

  test('completion scripts name the commands and their options', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      const { text, status } = await ndi(['completion', shell]);
      expect(status).toBe(0);
      for (const word of ['documents', 'envelope', 'columns', 'npy']) expect(text, shell).toContain(word);
    }
  });

  test('bash completes commands, options and values', async () => {
    test.skip(!existsSync('/bin/bash'), 'There is no bash here.');
    const script = join(folder, 'completion.bash');
    writeFileSync(script, (await ndi(['completion', 'bash'])).out);
    const { execFileSync } = await import('node:child_process');
    const complete = (...words: string[]) => {
      const line = `source "${script}"; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _ndi; echo "\${COMPREPLY[@]}"`;
      return execFileSync('/bin/bash', ['-c', line]).toString().trim();
    };
    expect(complete('ndi', 'en')).toBe('envelope');
    expect(complete('ndi', 'read', 'a.rhd', '--ch')).toBe('--channels');
    expect(complete('ndi', 'read', 'a.rhd', '--format', 'n')).toBe('npy');
  });
});

test.describe('what is not there or not ours', () => {
  test('a missing path is status 3, and names the path', async () => {
    const missing = join(folder, 'not here');
    for (const args of [['info'], ['documents'], ['epochs'], ['probes'], ['scan']]) {
      expect((await failure([...args, missing], 3)).message, args.join()).toContain(missing);
    }
  });

  test('an empty file and a file of nothing known are status 4', async () => {
    writeFileSync(join(folder, 'empty.rhd'), '');
    writeFileSync(join(folder, 'text.rhd'), 'this is no recording');
    for (const name of ['empty.rhd', 'text.rhd']) {
      const error = await failure(['info', join(folder, name)], 4);
      expect(error.code).toMatch(/^format\./);
      expect(error.message).toContain(name);
    }
  });

  test('a folder is a folder, and has no epochs', async () => {
    expect((await answer<Info>(['info', folder])).kind).toBe('folder');
    expect((await failure(['epochs', folder], 3)).code).toBe('session.notFound');
  });
});

test.describe('what is written', () => {
  async function someSource(): Promise<string[]> {
    const { path } = await demoSession();
    const epoch = (await answer<Info['epochs']>(['epochs', path]))[0];
    return [path, '--device', epoch?.device ?? '', '--epoch', epoch?.epochId ?? '', '--channels', 'ai1-2'];
  }

  test('csv is what json is, with times; - is standard output', async () => {
    const range = ['--from', '0.5', '--to', '0.501'];
    const samples = await answer<Samples>(['read', ...(await someSource()), ...range]);
    const { text } = await ndi(['read', ...(await someSource()), ...range, '--format', 'csv', '--out', '-']);
    const [heading, ...rows] = text.trimEnd().split('\n');
    expect(heading).toMatch(/^time \(s\),ai1 \(.+\),ai2 \(.+\)$/);
    expect(rows.map((row) => Number(row.split(',')[1]))).toEqual(samples.data[0]);
    expect(Number(rows[0]?.split(',')[0])).toBe(samples.t0);
    expect((await failure(['read', ...(await someSource()), ...range, '--format', 'csv'], 2)).code).toBe(
      'usage.invalid',
    );
  });

  test('a name with spaces, quotes and Unicode is a name', async () => {
    // Windows allows no quotes in names.
    const name = process.platform === 'win32' ? "ein 'Maß' ñ 猫 %20.csv" : 'ein "Maß" ñ 猫 %20.csv';
    const args = ['read', ...(await someSource()), '--from', '0', '--to', '0.01', '--out', name];
    await answer(args, 0, { cwd: folder });
    expect(existsSync(join(folder, name))).toBe(true);
  });

  test('a place that cannot be written is named, and left alone', async () => {
    const args = ['read', ...(await someSource()), '--from', '0', '--to', '1', '--out'];
    const error = await failure([...args, join(folder, 'nowhere', 'a.csv')], 3);
    expect(error.message).toContain('nowhere');
    expect(readdirSync(folder)).not.toContain('nowhere');
  });

  test('Ctrl-C ends with 130 and leaves no half-written file', async () => {
    test.skip(process.platform === 'win32', 'Windows cannot send Ctrl-C to one process.');
    const place = mkdtempSync(join(folder, 'cancelled-'));
    // Of many channels: it takes a while.
    const source = [...(await someSource()).slice(0, -1), 'ai1-16'];
    const args = ['read', ...source, '--from', '0', '--to', '1e9', '--out', 'a.csv', '--json'];
    const child = startProgram(args, testEnvironment(join(folder, 'data')), place);
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const end = ended(child);
    // As soon as it writes.
    await expect.poll(() => readdirSync(place).length, { intervals: [2] }).toBeGreaterThan(0);
    child.kill('SIGINT');
    expect(await end).toBe(130);
    expect((JSON.parse(out) as { error: { code: string } }).error.code).toBe('app.cancelled');
    expect(readdirSync(place)).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { handOver } from './hand-over.ts';
import { claimInstance, readInstance, releaseInstance } from './instance-lock.ts';

const first = { pid: 1, port: 1000, secret: 'first' };
const second = { pid: 2, port: 2000, secret: 'second' };
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'ndi-lock-')), 'not made yet');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock of the instance', () => {
  it('is held by one, and readable by its owner only', () => {
    expect(readInstance(folder)).toBeNull();
    expect(claimInstance(folder, first, null)).toBe(true);
    expect(claimInstance(folder, second, null)).toBe(false);
    expect(readInstance(folder)).toEqual(first);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'web-door.lock')).mode & 0o777).toBe(0o600);
  });

  it('is taken over from an instance that was found to be gone, but not from one that came in between', () => {
    claimInstance(folder, first, null);
    expect(claimInstance(folder, second, first)).toBe(true);
    expect(readInstance(folder)).toEqual(second);
    const late = { ...first, secret: 'late' };
    expect(claimInstance(folder, late, first)).toBe(false);
    expect(readInstance(folder)).toEqual(second);
  });

  it('is given back by its holder only', () => {
    claimInstance(folder, first, null);
    releaseInstance(folder, second);
    expect(readInstance(folder)).toEqual(first);
    releaseInstance(folder, first);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['', '{', '[]', '{"pid":1,"port":"x","secret":"s"}'])('counts as free when it is damaged: %j', (text) => {
    claimInstance(folder, first, null);
    writeFileSync(join(folder, 'web-door.lock'), text);
    expect(readInstance(folder)).toBeNull();
    expect(claimInstance(folder, second, null)).toBe(true);
    expect(readInstance(folder)).toEqual(second);
  });
});

describe('handing over', () => {
  it('finds nobody where the instance is gone', async () => {
    expect(await handOver({ ...first, port: 1 }, '/data')).toBeNull();
  });

  it('waits for an instance that is busy while its process lives, and for no other', async () => {
    const server = createServer((_request, response) => {
      setTimeout(() => response.end(JSON.stringify({ address: 'here' })), 300);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const patienceMs = { living: 60_000, gone: 100 };
    expect(await handOver({ ...first, pid: process.pid, port }, '/data', patienceMs)).toBe('here');
    const { pid } = spawnSync(process.execPath, ['--version']);
    expect(await handOver({ ...first, pid, port }, '/data', patienceMs)).toBeNull();
    server.close();
  });
});

import { describe, expect, it } from 'vitest';
import { KeptNetwork } from './kept-network.ts';

describe('the network that transfers are kept to', () => {
  it('is any until one is chosen, then the one in use, until it is let go', async () => {
    let inUse: string | null = 'lab';
    const network = new KeptNetwork(() => Promise.resolve(inUse));
    inUse = 'café';
    expect(await network.isElsewhere()).toBe(false);
    inUse = 'lab';
    await network.keep(true);
    expect([network.isKept, await network.isElsewhere()]).toEqual([true, false]);
    inUse = 'café';
    expect(await network.isElsewhere()).toBe(true);
    inUse = null;
    expect(await network.isElsewhere()).toBe(true);
    inUse = 'lab';
    expect(await network.isElsewhere()).toBe(false);
    inUse = 'café';
    await network.keep(false);
    expect([network.isKept, await network.isElsewhere()]).toEqual([false, false]);
  });

  it('of this computer stays the same from one look to the next', async () => {
    const network = new KeptNetwork();
    await network.keep(true);
    expect(await network.isElsewhere()).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveChannelList } from './channel-list.ts';
import { NdiError } from './errors.ts';

const available = ['ai1', 'ai2', 'ai3', 'ai4', 'ai7', 'di2', 'mk1'];

function failure(list: string): { code: string; recovery: string } {
  try {
    resolveChannelList(list, available);
  } catch (error) {
    if (error instanceof NdiError) return error;
    throw error;
  }
  throw new Error(`${list} was accepted`);
}

describe('resolveChannelList', () => {
  it('reads names and ranges in the order of the list', () => {
    expect(resolveChannelList('di2, ai1-3,ai7', available)).toEqual(['di2', 'ai1', 'ai2', 'ai3', 'ai7']);
    expect(resolveChannelList('ai3-ai4', available)).toEqual(['ai3', 'ai4']);
  });

  it('gives all channels for all, and a channel that is named twice once', () => {
    expect(resolveChannelList('all', available)).toEqual(available);
    expect(resolveChannelList('ai1-2,ai2,ai1', available)).toEqual(['ai1', 'ai2']);
  });

  it('names the channel that is not there and those that are', () => {
    expect(failure('ai1-5').code).toBe('channel.notFound');
    expect(failure('AI1').code).toBe('channel.notFound');
    expect(failure('ai9').recovery).toBe('There are: ai1-4, ai7, di2, mk1.');
  });

  it.each(['ai', '3', '../ai1', 'ai1;ai2', 'ai01'])('does not find %j', (list) => {
    expect(failure(list).code).toBe('channel.notFound');
  });

  it.each(['', 'ai4-1', 'ai1-di2', 'ai1,,ai2', 'ai1-99999999999', 'ai1-', '-ai1'])(
    'refuses %j as wrong usage',
    (list) => {
      expect(failure(list).code).toBe('usage.invalid');
    },
  );

  it('fails with an error of ours, if at all, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (list) => {
        try {
          resolveChannelList(list, available);
        } catch (error) {
          expect(error).toBeInstanceOf(NdiError);
        }
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { formatDeviceString, parseDeviceString } from './device-string.ts';

const shown = (text: string) => {
  const { device, channels } = parseDeviceString(text);
  return [device, ...channels.map(({ type, number, threshold }) => `${type}${number}${threshold ?? ''}`)].join(' ');
};

describe('device strings', () => {
  it.each([
    ['mydevice:ai1-5,13,18', 'mydevice ai1 ai2 ai3 ai4 ai5 ai13 ai18', undefined],
    ['mydevice:ai27-28,45,88', 'mydevice ai27 ai28 ai45 ai88', undefined],
    ['dev:ai1-3;di4', 'dev ai1 ai2 ai3 di4', undefined],
    ['dev:dep1;den2', 'dev dep1 den2', undefined],
    ['dev:aep1_t2.5', 'dev aep12.5', undefined],
    ['dev:aep1-3_t2.5', 'dev aep12.5 aep22.5 aep32.5', undefined],
    ['dev:aen5_t0.1', 'dev aen50.1', undefined],
    ['dev:ai1-2;aep3_t2.5', 'dev ai1 ai2 aep32.5', undefined],
    ['dev:aimp1_t1.0;aimn2_t0.5', 'dev aimp11.0 aimn20.5', undefined],
    [' dev : ai 1 - 3 ', 'dev ai1 ai2 ai3', 'dev:ai1-3'],
    ['dev:ai2,5,11-12,8', 'dev ai2 ai5 ai11 ai12 ai8', undefined],
    ['dev:ai1;ai2;di1', 'dev ai1 ai2 di1', 'dev:ai1-2;di1'],
    ['dev:ai1;', 'dev ai1', 'dev:ai1'],
    ['dev:ai1,1', 'dev ai1 ai1', undefined],
    ['dev:ai3,1-2', 'dev ai3 ai1 ai2', undefined],
  ])('reads %s', (text, parsed, formatted) => {
    expect(shown(text)).toBe(parsed);
    expect(formatDeviceString(parseDeviceString(text))).toBe(formatted ?? text);
  });

  it.each([
    '',
    'dev',
    'dev:',
    ':ai1',
    'dev:ai',
    'dev:ai1;;di2',
    'dev:2,5',
    'dev:ai5-3',
    'dev:ai-3',
    'dev:ai1-',
    'dev:ai1,,2',
    'dev:ai1.5',
    'dev:ai1x',
    'dev:ai0',
    'a:b:ai1',
    'a:ai1:di2',
    'dev:ai1_t2',
    'dev:ai1-99999999999',
  ])('refuses "%s"', (text) => {
    expect(() => parseDeviceString(text)).toThrow(expect.objectContaining({ code: 'document.invalid' }));
  });
});

import { describe, expect, it } from 'vitest';
import { formatDeviceString, parseDeviceString } from './device-string.ts';

const shown = (text: string) => {
  const { device, channels } = parseDeviceString(text);
  const words = channels.map(
    ({ type, number, threshold }) => `${type}${number}${threshold === undefined ? '' : `>${threshold}`}`,
  );
  return [device, ...words].join(' ');
};
/** The threshold of the only channel. */
const thresholdOf = (text: string) => parseDeviceString(text).channels.map(({ threshold }) => threshold);
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

// The examples and malformed texts are those of the reference on DAQ systems, section 5.
describe('device strings', () => {
  it.each([
    ['1: ranges and single channels', 'mydevice:ai1-5,13,18', 'mydevice ai1 ai2 ai3 ai4 ai5 ai13 ai18', undefined],
    ['2: a range of two', 'mydevice:ai27-28,45,88', 'mydevice ai27 ai28 ai45 ai88', undefined],
    ['3: groups of two types', 'dev:ai1-3;di4', 'dev ai1 ai2 ai3 di4', undefined],
    ['4: derived digital events', 'dev:dep1;den2', 'dev dep1 den2', undefined],
    ['5: a threshold', 'dev:aep1_t2.5', 'dev aep1>2.5', undefined],
    ['6: a threshold of several channels', 'dev:aep1-3_t2.5', 'dev aep1>2.5 aep2>2.5 aep3>2.5', undefined],
    ['7: a threshold of a falling edge', 'dev:aen5_t0.1', 'dev aen5>0.1', undefined],
    ['8: a threshold after plain channels', 'dev:ai1-2;aep3_t2.5', 'dev ai1 ai2 aep3>2.5', undefined],
    ['9: thresholds as they are written', 'dev:aimp1_t1.0;aimn2_t0.5', 'dev aimp1>1.0 aimn2>0.5', undefined],
    ['10: white space anywhere', ' dev : ai 1 - 3 ', 'dev ai1 ai2 ai3', 'dev:ai1-3'],
    ['11: any order', 'dev:ai2,5,11-12,8', 'dev ai2 ai5 ai11 ai12 ai8', undefined],
    [
      '12: neighbours of one type, which share a group when written',
      'dev:ai1;ai2;di1',
      'dev ai1 ai2 di1',
      'dev:ai1-2;di1',
    ],
    ['13: a semicolon at the end', 'dev:ai1;', 'dev ai1', 'dev:ai1'],
    ['14: a channel twice', 'dev:ai1,1', 'dev ai1 ai1', undefined],
    ['types that come back later keep their place', 'dev:ai1;di1;ai2', 'dev ai1 di1 ai2', undefined],
    ['a descending list is not sorted', 'dev:ai3,1-2', 'dev ai3 ai1 ai2', undefined],
    ['the same type with two thresholds', 'dev:aep1_t1;aep2_t2', 'dev aep1>1 aep2>2', undefined],
    ['a negative threshold', 'dev:aen1_t-0.5', 'dev aen1>-0.5', undefined],
    ['a threshold as a power of ten', 'dev:aep1_t1e-3', 'dev aep1>1e-3', undefined],
    ['tabs and line ends', 'dev:\tai1,\n2\r\n;di\t3', 'dev ai1 ai2 di3', 'dev:ai1-2;di3'],
    ['a device name of any other characters', 'my_dev-2.b:mk1', 'my_dev-2.b mk1', undefined],
  ])('reads %s', (_, text, parsed, formatted) => {
    expect(shown(text)).toBe(parsed);
    expect(formatDeviceString(parseDeviceString(text))).toBe(formatted ?? text);
  });

  it('writes 15: channels of a type in their order, ascending runs as ranges', () => {
    const channels = [...range(1, 5), 7, 23].map((number) => ({ type: 'ai', number }));
    expect(formatDeviceString({ device: 'mydevice', channels })).toBe('mydevice:ai1-5,7,23');
    const mixed = [3, 1, 2].map((number) => ({ type: 'ai', number }));
    expect(formatDeviceString({ device: 'd', channels: mixed })).toBe('d:ai3,1-2');
    const crossed = range(1, 3).map((number) => ({ type: 'aep', number, threshold: '2.5' }));
    expect(formatDeviceString({ device: 'd', channels: crossed })).toBe('d:aep1-3_t2.5');
  });

  it('takes a threshold apart from its type; without one there is none, which counts as 0', () => {
    expect(thresholdOf('d:aep1_t2.5')).toEqual(['2.5']);
    expect(thresholdOf('d:aep1')).toEqual([undefined]);
  });

  it.each([
    ['nothing', '', 'does not begin with the name of a device'],
    ['white space alone', ' \t\n', 'does not begin with the name of a device'],
    ['a device alone', 'dev', 'no ":"'],
    ['a device without channels', 'dev:', 'a group of channels is empty'],
    ['no device', ':ai1', 'does not begin with the name of a device'],
    ['a type without a number', 'dev:ai', 'not a channel type followed by channel numbers'],
    ['an empty group', 'dev:ai1;;di2', 'a group of channels is empty'],
    ['an empty group at the beginning', 'dev:;ai1', 'a group of channels is empty'],
    ['two semicolons at the end', 'dev:ai1;;', 'a group of channels is empty'],
    ['numbers without a type', 'dev:2,5', 'not a channel type followed by channel numbers'],
    ['a range that runs backwards', 'dev:ai5-3', 'runs backwards'],
    ['a range without a beginning', 'dev:ai-3', 'no channel number or range'],
    ['a range without an end', 'dev:ai1-', 'no channel number or range'],
    ['a range of three', 'dev:ai1-2-3', 'no channel number or range'],
    ['an empty item', 'dev:ai1,,2', 'no channel number or range'],
    ['a comma at the end', 'dev:ai1,', 'no channel number or range'],
    ['a comma at the beginning', 'dev:ai,1', 'no channel number or range'],
    ['a fraction', 'dev:ai1.5', 'not a channel type followed by channel numbers'],
    ['letters after the number', 'dev:ai1x', 'not a channel type followed by channel numbers'],
    ['channel 0', 'dev:ai0', 'counted from 1'],
    ['a range from channel 0', 'dev:ai0-2', 'counted from 1'],
    ['a colon in the device', 'a:b:ai1', 'more than one ":"'],
    ['a colon between groups', 'a:ai1:di2', 'more than one ":"'],
    ['a threshold of a plain type', 'dev:ai1_t2', 'takes no threshold'],
    ['a threshold of a digital event', 'dev:dep1_t2', 'takes no threshold'],
    ['a threshold without a number', 'dev:aep1_t', 'not a channel type followed by channel numbers'],
    ['a threshold that is no number', 'dev:aep1_tx', 'not a channel type followed by channel numbers'],
    ['a threshold before the channels', 'dev:aep_t2.5', 'not a channel type followed by channel numbers'],
    ['a range of too many', 'dev:ai1-99999999', 'is too long'],
    [
      'ranges of too many together',
      `dev:${Array.from({ length: 3 }, () => 'ai1-40000').join(';')}`,
      'more than 100000',
    ],
    ['a list of too many', `dev:ai${Array.from({ length: 3 }, () => '1-40000').join(',')}`, 'more than 100000'],
    ['a number that no computer holds exactly', 'dev:ai9007199254740993', 'too large'],
  ])('refuses %s: "%s"', (_, text, why) => {
    expect(() => parseDeviceString(text)).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    expect(() => parseDeviceString(text)).toThrow(why);
  });
});

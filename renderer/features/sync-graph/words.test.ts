import { expect, it } from 'vitest';
import { shortEpoch, withShortEpochs } from './words.ts';

it('2.5: of NDI’s own long ids of epochs the last four characters are shown, of others all', () => {
  const long = 'epoch_412697a0c48c7ef0_c0b2d8f7a3e1449b';
  expect(shortEpoch(long)).toBe('…449b');
  for (const other of ['t00001', 'epoch_1', `${long}x`, 'epoch_412697a0c48c7ef0'])
    expect(shortEpoch(other)).toBe(other);
  expect(withShortEpochs(`The epoch ${long} has no clock.`)).toBe('The epoch …449b has no clock.');
});

import { expect, it } from 'vitest';
import { packColor } from './palette.ts';

it('colours become pixels', () => {
  expect(packColor('#0b62a8')).toBe(0xffa8620b);
  expect(packColor('#FFFFFF')).toBe(0xffffffff);
  expect(packColor('red')).toBe(0xff000000);
});

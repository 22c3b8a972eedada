import { expect, it } from 'vitest';
import { packColor } from './palette.ts';

it('colours become pixels', () => {
  expect(packColor('#0b62a8')).toBe(0xffa8620b);
  expect(packColor('#FFFFFF')).toBe(0xffffffff);
  expect(packColor('#fff')).toBe(0xffffffff);
  expect(packColor('#0b8')).toBe(0xff88bb00);
  expect(packColor('red')).toBe(0xff000000);
});

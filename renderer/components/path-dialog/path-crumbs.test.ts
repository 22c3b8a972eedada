import { expect, it } from 'vitest';
import { crumbsOf } from './path-crumbs.tsx';

it('names every folder on the way', () => {
  expect(crumbsOf('/data/rat 1').map((crumb) => crumb.path)).toEqual(['/', '/data', '/data/rat 1']);
  expect(crumbsOf('C:\\data\\x').map((crumb) => crumb.path)).toEqual(['C:\\', 'C:\\data', 'C:\\data\\x']);
  expect(crumbsOf('/')).toEqual([{ name: '/', path: '/' }]);
  expect(crumbsOf('\\\\server\\share').map((crumb) => crumb.path)).toEqual(['\\\\server', '\\\\server\\share']);
});

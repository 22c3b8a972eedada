import { expect, it } from 'vitest';
import { serverAddress, serverOfEnvironment } from './servers.ts';

it.each(['__proto__', 'constructor', 'toString', '', 'ftp://x.org', 'http://x.org', 'https://a:b@x.org'])(
  '%j is no server',
  (given) => {
    expect(() => serverAddress(given)).toThrow(expect.objectContaining({ code: 'cloud.configuration' }));
  },
);

it('names of the environment are its own', () => {
  expect(serverOfEnvironment({ CLOUD_API_ENVIRONMENT: 'prod' })).toBe(serverAddress('production'));
  const strange = () => serverOfEnvironment({ CLOUD_API_ENVIRONMENT: 'constructor' });
  expect(strange).toThrow(expect.objectContaining({ code: 'cloud.configuration' }));
});

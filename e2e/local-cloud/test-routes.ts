import { ok, refuse, type Answer } from './answers.ts';
import type { Cloud } from './cloud.ts';
import type { Fault } from './faults.ts';
import { seedDemo } from './seed.ts';
import type { Settings } from './settings.ts';

/**
 * Switches for tests in other processes: `POST /_test/faults` (one), `DELETE /_test/faults` (all), `GET /_test/log`,
 * `DELETE /_test/log`, `GET /_test/notes`, `POST /_test/settings` (some), `POST /_test/clock` `{advanceMs}`,
 * `POST /_test/seed`.
 */
export function serveTest(cloud: Cloud, method: string, url: URL, body: string): Answer {
  const given = (): unknown => (body === '' ? {} : JSON.parse(body));
  switch (`${method} ${url.pathname.slice('/_test/'.length)}`) {
    case 'POST faults':
      return ok({ id: cloud.faults.add(given() as Fault) });
    case 'DELETE faults':
      cloud.faults.clear();
      return ok({});
    case 'GET log':
      return ok(cloud.log);
    case 'DELETE log':
      cloud.log.length = 0;
      return ok({});
    case 'GET notes':
      return ok(cloud.notes);
    case 'POST settings':
      return ok(Object.assign(cloud.settings, given() as Partial<Settings>));
    case 'POST clock':
      cloud.settings.clockOffsetMs += (given() as { advanceMs: number }).advanceMs;
      return ok({ now: cloud.now() });
    case 'POST seed':
      return ok(seedDemo(cloud));
    default:
      return refuse.message(404, 'No such switch').answer;
  }
}

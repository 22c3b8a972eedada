import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixturePath, hasFixtures } from '../../build/testing/fixtures.ts';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { askNeo, neoPython, notFoundHere, recordingsForNeo } from './neo-oracle.ts';

const folder = temporaryFolder('ndi-neo');

/** Where neo is known to be wrong, by the descriptions of the formats: recording, channels, and why. */
const neoIsWrong: readonly (readonly [RegExp, RegExp, string])[] = [
  [/^blackrock\/(example_2\.ns2|synthetic\/spec2\.1\.ns4)$/, /./, 'leaves out the last sample of specification 2.1'],
  [/^intan-rhd\//, /^temperature_/, 'misreads the words of temperature sensors'],
  [/^intan-rhs\//, /_STIM$/, 'gives the words of the stimulation, not its current'],
  [/^intan-rhs\//, /_DC$/, 'turns the sign of the DC amplifier round'],
  [/^spikegadgets\/sample_data_/, /./, 'keeps a first packet that is left over from before'],
  [/unlisted\.rec$/, /^trode/, 'takes only the listed channels for stored, of which there are more'],
  [/^spikeglx\/.*vary_gains$/, /^(AP|LF)/, 'looks gains up by the position in the file, not by the channel'],
];

/** At least so many recordings are read by both, or the comparison has stopped to compare. */
const FEWEST = 40;

describe.skipIf(!hasFixtures || neoPython === null)('recordings that python-neo reads too', () => {
  it('have every channel of neo sample for sample, but where neo is known to be wrong', { timeout: 240_000 }, () => {
    const recordings = recordingsForNeo(fixturePath('hardware'));
    const answers = askNeo(recordings, folder);
    let compared = 0;
    const differences = recordings.flatMap(({ name, path }, at) => {
      const answer = answers[at];
      if (answer === undefined || 'error' in answer) return [];
      compared += 1;
      const missing = notFoundHere(path, answer.channels, join(folder, `${at}.f64`));
      const unknown = missing.filter(
        (channel) => !neoIsWrong.some(([file, channels]) => file.test(name) && channels.test(channel)),
      );
      return unknown.map((channel) => `${name}: ${channel}`);
    });
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThanOrEqual(FEWEST);
  });
});

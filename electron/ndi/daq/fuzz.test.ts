import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { formatProbeMap, parseProbeMap } from '../../../shared/model/epoch-probe-map.ts';
import { fuzzMs, fuzzReader, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readMetadata } from './metadata/read-metadata.ts';
import { findEpochFiles, hiddenFile, type Navigator, readProbeMapText } from './navigator.ts';
import { formatPatterns, parsePatterns } from './patterns.ts';
import { vhlabProbeMap } from './vhlab-probe-map.ts';

const root = temporaryFolder('ndi-daq-fuzz');
function folderWith(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, name, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return join(root, name);
}

const patterns = ['#.rhd', '#.map'];
const navigator: Navigator = {
  ...{ id: 'n', className: 'ndi.file.navigator', probeMapClass: '', probeMapPatterns: ['.*map'] },
  ...{ filePatterns: patterns, filePatternText: formatPatterns(patterns) },
};
const map = `name\treference\ttype\tdevicestring\tsubjectstring
ctx\t1\tn-trode\tintan1:ai1-16;di2\tferret22.1@vhlab.org
ev\t2\tevent\tintan1:aep1-3_t2.5;den4\tferret22.1@vhlab.org
vis\t1\tstimulator\tvis1:mk1,3,2\tferret22.1@vhlab.org
`;

describe(`damaged files beside recordings are read or refused (NDI_FUZZ_SEED=${fuzzSeed})`, () => {
  it(
    'probe maps and epoch ids',
    () => {
      const hidden = basename(hiddenFile(['/x/a.rhd'], navigator, 'epochid'));
      const folder = folderWith('maps', { 'a.rhd': 'recording', 'a.map': map, [hidden]: 'epoch_1\n' });
      return fuzzReader([folder], (path) => {
        for (const { files, epochId } of findEpochFiles(path, navigator).epochs) {
          expect(epochId).not.toMatch(/[\r\n]/);
          expect(epochId).not.toBe('');
          const { entries } = parseProbeMap(readProbeMapText(files, navigator) ?? '');
          expect(parseProbeMap(formatProbeMap(entries)).entries).toEqual(entries);
        }
      });
    },
    fuzzMs,
  );

  it(
    'the files from which the Van Hooser laboratory’s probe maps are made',
    () => {
      const folder = folderWith('vhlab', {
        'subject.txt': 'a@lab.org\nnotes\n',
        't1/reference.txt': 'name\tref\ttype\nctx\t1\tntrode\nctx\t2\tsharp\nv\t1\tprairieTP\n',
        't1/vhspike2_channelgrouping.txt': 'name\tref\tchannel_list\nctx\t1\t[1:3, 7]\nctx\t2\t5\n',
      });
      return fuzzReader([folder], (path) => {
        for (const name of ['vhspike2_channelgrouping.txt', 'reference.txt']) {
          const entries = vhlabProbeMap(join(path, 't1', name));
          expect(parseProbeMap(formatProbeMap(entries)).entries).toEqual(entries);
        }
      });
    },
    fuzzMs,
  );

  it(
    'tables of stimulus parameters',
    () => {
      const folder = folderWith('table', { 'p.tsv': 'angle\tcontrast\tname\n45\t1\ta\n90\tNaN\tb\n135\t\t\n' });
      return fuzzReader([folder], (path) => {
        readMetadata({ class: 'ndi.daq.metadatareader', parameter: '.*tsv' }, [join(path, 'p.tsv')]);
      });
    },
    fuzzMs,
  );

  it(
    'file patterns of navigators',
    async () => {
      const folder = folderWith('patterns', { 'patterns.txt': formatPatterns([...patterns, String.raw`.*\.rhd\>`]) });
      const { readFileSync } = await import('node:fs');
      await fuzzReader([folder], (path) => {
        const filePatterns = parsePatterns(readFileSync(join(path, 'patterns.txt'), 'utf8'));
        for (const className of [
          'ndi.file.navigator',
          'ndi.file.navigator.rhd_series',
          'ndi.file.navigator.epochdir',
        ]) {
          findEpochFiles(path, { ...navigator, className, filePatterns });
        }
      });
    },
    fuzzMs,
  );
});

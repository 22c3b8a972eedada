import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { LabFolder } from './lab-folders-support.ts';
import { vhlabProbeMap } from './vhlab-probe-map.ts';

let count = 0;
const root = temporaryFolder('ndi-vhlab');
const grouping = 'name\tref\tchannel_list\n';
const kinds = 'name\tref\ttype\n';

function folderWith(files: Readonly<Record<string, string>>): LabFolder {
  const folder = new LabFolder(`${root}/${(count += 1)}`);
  const usual = { 'subject.txt': 'a@lab.org\r\nnotes', 't1/reference.txt': `${kinds}ctx\t1\tntrode\nctx\t2\tsharp\n` };
  for (const [name, text] of Object.entries({ ...usual, ...files })) folder.text(name, text);
  return folder;
}

const read = (files: Readonly<Record<string, string>>, name = 't1/vhspike2_channelgrouping.txt') =>
  vhlabProbeMap(folderWith(files).at(name));

describe('probe maps of the Van Hooser laboratory', () => {
  it('take channels from the grouping, kinds from the references, the subject from the text above', () => {
    expect(read({ 't1/vhspike2_channelgrouping.txt': `${grouping}ctx\t2\t5\nctx\t1\t1:3, 7\n` })).toEqual([
      { name: 'ctx', reference: 2, type: 'sharp', deviceString: 'vhspike2:ai5', subject: 'a@lab.org' },
      { name: 'ctx', reference: 1, type: 'n-trode', deviceString: 'vhspike2:ai1-3,7', subject: 'a@lab.org' },
    ]);
  });

  it('name the other rig for a log without an Intan file above it', () => {
    const rows = read(
      { 'e_g0/Epoch_Set_1/a_stimulus_triggers_log.tsv': '' },
      'e_g0/Epoch_Set_1/a_stimulus_triggers_log.tsv',
    );
    expect(rows.map(({ deviceString }) => deviceString)).toContain('vhajbpod_np:mk2');
  });

  it.each<[string, Readonly<Record<string, string>>, string?]>([
    ['no such probe', { 't1/vhspike2_channelgrouping.txt': `${grouping}vis\t1\t1\n` }],
    ['no channels', { 't1/vhspike2_channelgrouping.txt': `${grouping}ctx\t1\tall\n` }],
    ['another first line', { 't1/vhspike2_channelgrouping.txt': 'name\tchannels\nctx\t1\n' }],
    ['no grouping', {}],
    [
      'an unknown kind',
      { 't1/reference.txt': `${kinds}ctx\t1\tlens\n`, 't1/vhspike2_channelgrouping.txt': `${grouping}ctx\t1\t1\n` },
    ],
    ['a subject without a laboratory', { 'subject.txt': 'ferret 3', 't1/stimtimes.txt': '' }, 't1/stimtimes.txt'],
    ['a file that is none of these', { 't1/notes.txt': '' }, 't1/notes.txt'],
  ])('are refused with %s', (_, files, name) => {
    expect(() => read(files, name)).toThrow(expect.objectContaining({ code: 'document.invalid' }));
  });
});

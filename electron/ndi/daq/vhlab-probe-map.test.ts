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

  // The trigger files of the reference on DAQ systems, section 4.7.
  const strings = (files: Readonly<Record<string, string>>, name: string) =>
    read(files, name).map(({ name: probe, reference, type, deviceString, subject }) => {
      expect([reference, subject]).toEqual([1, 'a@lab.org']);
      return `${probe} ${type} ${deviceString}`;
    });

  it('4.7: vhtaste_sync.txt is an event on a falling line of its own device', () => {
    const name = 't1/vhtaste_sync.txt';
    expect(strings({ [name]: '' }, name)).toEqual(['vhtaste_sync event vhtaste_sync:dep1']);
  });

  it('4.7: stimtimes.txt is the stimulator of Spike2, in seven rows', () => {
    const channels = ['mk1', 'mk2', 'mk3', 'e1', 'e2', 'e3', 'md1'];
    const rows = channels.map((channel) => `vhvis_spike2 stimulator vhvis_spike2:${channel}`);
    expect(strings({ 't1/stimtimes.txt': '' }, 't1/stimtimes.txt')).toEqual(rows);
  });

  it('4.7: a stimulus log below an Intan file is the taste rig’s stimulator, in six rows', () => {
    const name = 't1/Set_1/a_stimulus_triggers_log.tsv';
    const rows = ['mk1', 'mk2', 'mk3', 'e1', 'e2', 'md1'].map(
      (channel) => `vhtaste_bpod stimulator vhtaste_bpod:${channel}`,
    );
    expect(strings({ [name]: '', 't1/run.rhd': '' }, name)).toEqual(rows);
  });

  it('4.7: of reference.txt the rows of the microscope are two-photon imaging', () => {
    const references = `${kinds}ctx\t1\tntrode\nv1\t1\tprairieTP\n`;
    expect(strings({ 't1/reference.txt': references }, 't1/reference.txt')).toEqual([
      'v1 two-photon-imaging vhprairieview:image1',
    ]);
  });

  it.each(['vhspike2', 'vhintan', 'vhlv', 'vhwillow'])(
    '4.7: %s_channelgrouping.txt names channels of that device',
    (device) => {
      const name = `t1/${device}_channelgrouping.txt`;
      const references = `${kinds}ctx\t1\tsingleEC\n`;
      expect(strings({ [name]: `${grouping}ctx\t1\t[2 3 7]\n`, 't1/reference.txt': references }, name)).toEqual([
        `ctx n-trode ${device}:ai2-3,7`,
      ]);
    },
  );

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

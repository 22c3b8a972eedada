import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { Answerer } from '../../workers/answer.ts';
import { createSession } from '../create-session.ts';
import { epochTable } from '../epochs/epoch-table.ts';
import { findDaqSystem } from './daq-systems.ts';
import { addLab, labs } from './lab-setups.ts';
import { LabFolder } from './lab-folders-support.ts';

const root = temporaryFolder('ndi-labs');

interface Expected {
  readonly make: (folder: LabFolder) => Promise<void> | void;
  /** The id where folders or files tell it; else it is kept in a hidden file. */
  readonly epochId?: string;
  /** In the order of the patterns. */
  readonly files: readonly string[];
  /** Rows of the probe map as `type device-string`. */
  readonly probes: readonly string[];
}

/** What `make` puts beside a recording of the Van Hooser laboratory's rigs in the folder t1. */
function vhlab(folder: LabFolder, grouping?: string): void {
  folder.text('subject.txt', 'a@lab.org\n');
  folder.text('t1/reference.txt', 'name\tref\ttype\nctx\t1\tsingleEC\n');
  if (grouping !== undefined) folder.text(`t1/${grouping}`, 'name\tref\tchannel_list\nctx\t1\t[1]\n');
}

const stimulator = (device: string, ...channels: string[]) => channels.map((one) => `stimulator ${device}:${one}`);

/** A folder as each DAQ system of each laboratory finds it (daq-epochs-time reference, section 23). */
const setups: Readonly<Record<string, Expected>> = {
  angelucci_blackrock5: {
    make: async (folder) => {
      await folder.blackrock('a', '.ns5');
      folder.stimData('stimData.mat');
      folder.map('epochprobemap.txt', 'angelucci_blackrock5:ai1');
    },
    files: ['a.nev', 'stimData.mat', 'epochprobemap.txt', 'a.ns5'],
    probes: ['n-trode angelucci_blackrock5:ai1'],
  },
  angelucci_visstim: {
    make: async (folder) => {
      await folder.blackrock('a', '.ns4');
      folder.stimData('stimData.mat');
      folder.map('epochprobemap.txt', 'angelucci_visstim:mk1');
    },
    files: ['a.nev', 'stimData.mat', 'epochprobemap.txt', 'a.ns4'],
    probes: ['n-trode angelucci_visstim:mk1'],
  },
  dabrowska_mat: {
    make: (folder) => {
      folder.dabrowska('a.mat');
      folder.map('a.epochprobemap.txt', 'dabrowska_mat:ai1');
    },
    files: ['a.mat', 'a.epochprobemap.txt'],
    probes: ['n-trode dabrowska_mat:ai1'],
  },
  narendra_intan: {
    make: async (folder) => {
      await folder.intanFolder('');
      folder.map('epochprobemap.txt', 'narendra_intan:ai1');
      for (const name of ['intraoral_canulae', 'optical_fiber1', 'optical_fiber2'])
        folder.text(`${name}.tsv`, 'STIMID\n1\n');
    },
    files: [
      ...['time.dat', 'info.rhd', 'epochprobemap.txt'],
      ...['intraoral_canulae.tsv', 'optical_fiber1.tsv', 'optical_fiber2.tsv'],
    ],
    probes: ['n-trode narendra_intan:ai1'],
  },
  gluckman_bjgbin: {
    make: (folder) => {
      folder.bjg('a.bin');
      folder.map('a.epochprobemap.txt', 'gluckman_bjgbin:ai1-2');
    },
    files: ['a.bin', 'a.epochprobemap.txt'],
    probes: ['n-trode gluckman_bjgbin:ai1-2'],
  },
  nielsen_intan: {
    make: async (folder) => {
      await folder.intanFolder('t1/x_');
      folder.map('t1/epochprobemap.txt', 'nielsen_intan:ai1');
    },
    epochId: 't1',
    files: ['x_time.dat', 'x_info.rhd', 'x_digitalin.dat', 'x_amplifier.dat', 'epochprobemap.txt'],
    probes: ['n-trode nielsen_intan:ai1'],
  },
  nielsen_neuropixelsGLX: {
    make: (folder) => {
      folder.imec('t1/x.imec0.ap');
      folder.nidq('t1/x.nidq');
      folder.analyzer('t1/x.analyzer');
      folder.map('t1/epochprobemap.txt', 'nielsen_neuropixelsGLX:ai1-2');
    },
    epochId: 't1',
    files: ['x.imec0.ap.bin', 'x.nidq.meta', 'x.imec0.ap.meta', 'x.analyzer', 'epochprobemap.txt'],
    probes: ['n-trode nielsen_neuropixelsGLX:ai1-2'],
  },
  nielsen_vis: {
    make: async (folder) => {
      await folder.intanFolder('t1/x_');
      folder.analyzer('t1/x.analyzer');
      folder.map('t1/epochprobemap.txt', 'nielsen_vis:mk1');
    },
    epochId: 't1',
    // Bound as in MATLAB: # is “x”, so that the file is x.analyzer.
    files: ['x_info.rhd', 'x_digitalin.dat', 'x.analyzer', 'epochprobemap.txt'],
    probes: ['n-trode nielsen_vis:mk1'],
  },
  nielsen_visnp: {
    make: (folder) => {
      folder.imec('t1/x.imec0.ap');
      folder.nidq('t1/x.nidq');
      folder.analyzer('t1/x.analyzer');
      folder.map('t1/epochprobemap.txt', 'nielsen_visnp:mk1');
    },
    epochId: 't1',
    files: ['x.nidq.bin', 'x.nidq.meta', 'x.imec0.ap.meta', 'x.analyzer', 'epochprobemap.txt'],
    probes: ['n-trode nielsen_visnp:mk1'],
  },
  marder_abf: abfOf('marder_abf'),
  marder_ced: {
    make: (folder) => {
      folder.smr('a.smr');
      folder.map('a.epochprobemap.txt', 'marder_ced:ai1');
    },
    files: ['a.smr', 'a.epochprobemap.txt'],
    probes: ['n-trode marder_ced:ai1'],
  },
  rayo_intanSeries: seriesOf('rayo_intanSeries', 'ai1'),
  rayo_stim: seriesOf('rayo_stim', 'mk1'),
  sjbirren_abf: abfOf('sjbirren_abf'),
  vhintan: {
    make: async (folder) => {
      vhlab(folder, 'vhintan_channelgrouping.txt');
      await folder.rhd('t1/a.rhd');
      folder.text('t1/vhintan_intan2spike2time.txt', '0 1\n');
    },
    epochId: 't1',
    files: ['reference.txt', 'a.rhd', 'vhintan_channelgrouping.txt', 'vhintan_intan2spike2time.txt'],
    probes: ['n-trode vhintan:ai1'],
  },
  vhspike2: {
    make: (folder) => {
      vhlab(folder, 'vhspike2_channelgrouping.txt');
      folder.smr('t1/a.smr');
    },
    epochId: 't1',
    files: ['reference.txt', 'a.smr', 'vhspike2_channelgrouping.txt'],
    probes: ['n-trode vhspike2:ai1'],
  },
  vhvis_spike2: {
    make: (folder) => {
      vhlab(folder);
      folder.smr('t1/spike2data.smr');
      folder.text('t1/stimtimes.txt', '');
      folder.text('t1/verticalblanking.txt', '');
      folder.text('t1/stims.mat', '');
    },
    epochId: 't1',
    files: ['reference.txt', 'stimtimes.txt', 'verticalblanking.txt', 'stims.mat', 'spike2data.smr'],
    probes: stimulator('vhvis_spike2', 'mk1', 'mk2', 'mk3', 'e1', 'e2', 'e3', 'md1'),
  },
  vhneuropixels: {
    make: (folder) => {
      folder.text('reference.txt', 'name\tref\ttype\n');
      folder.imec('a_g0_imec0.ap');
    },
    files: ['reference.txt', 'a_g0_imec0.ap.bin', 'a_g0_imec0.ap.meta'],
    probes: [],
  },
  vhneuropixelsGLX: {
    make: (folder) => {
      folder.imec('t1/x.imec0.ap');
      folder.nidq('t1/x.nidq');
      folder.map('t1/epochprobemap.txt', 'vhneuropixelsGLX:ai1-2');
    },
    epochId: 't1',
    files: ['x.imec0.ap.bin', 'x.imec0.ap.meta', 'x.nidq.meta', 'epochprobemap.txt'],
    probes: ['n-trode vhneuropixelsGLX:ai1-2'],
  },
  vhprairieview: {
    make: (folder) => {
      folder.text('subject.txt', 'a@lab.org\n');
      folder.text('t1/reference.txt', 'name\tref\ttype\ntp\t1\tprairieTP\nctx\t1\tsingleEC\n');
      folder.text('t1/frametrigger.txt', '0.1\n');
      folder.prairie('t1-001');
      for (const name of ['b.pcf', '.hidden']) folder.text(`t1-001/${name}`);
      folder.text('t2/reference.txt', 'name\tref\ttype\n');
    },
    epochId: 't1',
    files: ['reference.txt', 'frametrigger.txt', 'a.xml', 'b.pcf'],
    probes: ['two-photon-imaging vhprairieview:image1'],
  },
  vhtaste_bpod: {
    make: async (folder) => {
      folder.text('subject.txt', 'a@lab.org\n');
      await folder.rhd('t1/a.rhd');
      folder.bpod('t1/bpod/a');
    },
    files: ['a_stimulus_triggers_log.tsv', 'a_summary_log.json'],
    probes: stimulator('vhtaste_bpod', 'mk1', 'mk2', 'mk3', 'e1', 'e2', 'md1'),
  },
  vhtaste_sync: {
    make: async (folder) => {
      vhlab(folder, 'vhintan_channelgrouping.txt');
      await folder.rhd('t1/a.rhd');
      folder.text('t1/vhtaste_sync.txt', '');
    },
    epochId: 't1',
    files: ['reference.txt', 'a.rhd', 'vhintan_channelgrouping.txt', 'vhtaste_sync.txt'],
    probes: ['event vhtaste_sync:dep1'],
  },
  vhajbpod_np: {
    make: (folder) => {
      folder.text('subject.txt', 'a@lab.org\n');
      folder.nidq('e_g0/e_g0_t0.nidq');
      folder.imec('e_g0/e_g0_t0.imec0.ap');
      folder.bpod('e_g0/Epoch_Set_1/a');
      folder.text('e_g0/e_g0_imec0/other.txt');
      folder.nidq('f_g0/f_g0_t0.nidq');
    },
    epochId: 'e_g0_Epoch_Set_1',
    files: [
      ...['a_stimulus_triggers_log.tsv', 'a_summary_log.json'],
      ...['e_g0_t0.imec0.ap.meta', 'e_g0_t0.nidq.bin', 'e_g0_t0.nidq.meta'],
    ],
    probes: stimulator('vhajbpod_np', 'mk1', 'mk2', 'mk3', 'e1', 'e2', 'md1'),
  },
  yangyang_tdt_sev: {
    make: (folder) => {
      folder.sev('t1/x_y_Wave_Ch1.sev');
      folder.text('t1/Notes.txt');
      folder.text('t1/StoresListing.txt');
      folder.map('t1/probemap.txt', 'yangyang_tdt_sev:ai1');
    },
    epochId: 't1',
    files: ['x_y_Wave_Ch1.sev', 'Notes.txt', 'StoresListing.txt', 'probemap.txt'],
    probes: ['n-trode yangyang_tdt_sev:ai1'],
  },
};

function abfOf(device: string): Expected {
  return {
    make: (folder) => {
      folder.abf('a.abf');
      folder.map('a.epochprobemap.txt', `${device}:ai1`);
    },
    files: ['a.abf', 'a.epochprobemap.txt'],
    probes: [`n-trode ${device}:ai1`],
  };
}

function seriesOf(device: string, channel: string): Expected {
  return {
    make: async (folder) => {
      for (const time of ['100000', '100100']) await folder.rhd(`a_240304_${time}.rhd`);
      folder.map('a_240304_100000._epochprobemap.txt', `${device}:${channel}`);
    },
    epochId: 'a',
    files: ['a_240304_100000.rhd', 'a_240304_100000._epochprobemap.txt'],
    probes: [`n-trode ${device}:${channel}`],
  };
}

const systems = labs.flatMap(({ name, systems: own }) => own.map((system) => [name, system] as const));
const answerer = new Answerer();
const idle = { isCancelled: () => false, onProgress: () => undefined };

describe('the set-up of a laboratory', () => {
  it('has a folder here for each of its DAQ systems', () => {
    expect(Object.keys(setups).sort()).toEqual(systems.map(([, system]) => system).sort());
  });

  it.each(systems)('of %s makes a session of what %s records', async (lab, device) => {
    const { make, epochId, files, probes } = setups[device]!;
    const path = join(root, device);
    mkdirSync(path);
    await make(new LabFolder(path));
    const session = createSession({ path, reference: device });
    try {
      addLab(session, lab);
      const describePath = (one: string) => Promise.resolve(answerer.answer('describe', { path: one }, idle));
      const { epochs, problems } = await epochTable(session, findDaqSystem(session, device), describePath);
      expect(problems).toEqual([]);
      expect(epochs.map((epoch) => epoch.files.map((file) => basename(file)))).toEqual([files]);
      const [epoch] = epochs;
      expect(epoch?.epochId).toMatch(epochId === undefined ? /^provisional_/ : new RegExp(`^${epochId}$`));
      expect(epoch?.probeMap.map(({ type, deviceString }) => `${type} ${deviceString}`)).toEqual(probes);
      const grave = epoch?.problems.filter(({ grade }) => grade !== 'note').map(({ message }) => message);
      expect(grave).toEqual([]);
      expect(epoch?.clocks[0]?.type).toBe('dev_local_time');
    } finally {
      session.close();
    }
  });
});

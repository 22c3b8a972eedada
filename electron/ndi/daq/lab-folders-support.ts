import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAbf1 } from '../../formats/abf/made-abf.ts';
import { madeBjg } from '../../formats/bjg/made-bjg.ts';
import { NevWriter, NsxWriter } from '../../formats/blackrock/writer.ts';
import { kinds } from '../../formats/ced/contents.ts';
import { makeSon } from '../../formats/ced-smr/made-son.ts';
import { madeTiff } from '../../formats/images/testing/made-images.ts';
import { RHD_BLOCK, RhdWriter } from '../../formats/intan-rhd/writer.ts';
import { madeMat, row } from '../../formats/mat/made-mat.ts';

/** Writes small recordings in genuine formats, as laboratories have them in their folders. */
export class LabFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  at(name: string): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  text(name: string, text = ''): void {
    writeFileSync(this.at(name), text);
  }

  /** Two frames of two channels, a file each, and the configuration that tells when they were scanned. */
  prairie(folder: string): void {
    const pages = [[1, 2, 3, 4, 5, 6]];
    for (const name of ['Ch1_000001', 'Ch1_000002', 'Ch2_000001', 'Ch2_000002']) {
      writeFileSync(this.at(`${folder}/t_Cycle001_${name}.tif`), madeTiff({ width: 3, height: 2, pages }));
    }
    const frames = [0.5, 0.6].map((time) => `<Frame relativeTime="0" absoluteTime="${time}" index="1"/>`);
    this.text(`${folder}/a.xml`, `<PVScan version="4.0">${frames.join('')}</PVScan>`);
  }

  /** A probe map of one row for each device string. */
  map(name: string, ...deviceStrings: string[]): void {
    const rows = deviceStrings.map((one) => `ctx\t1\tn-trode\t${one}\ta@lab.org\n`);
    this.text(name, `name\treference\ttype\tdevicestring\tsubjectstring\n${rows.join('')}`);
  }

  async rhd(name: string, blocks = 1): Promise<void> {
    const named = (label: string) => [{ nativeName: label, customName: label }];
    const digitalIn = [...named('DIGITAL-IN-01'), ...named('DIGITAL-IN-02')];
    const layout = { amplifier: named('A-000'), auxiliary: [], boardAdc: [], digitalIn, notes: ['', '', ''] as const };
    const writer = await RhdWriter.create(this.at(name), { sampleRate: 20_000, ...layout });
    const samples = blocks * RHD_BLOCK;
    const high = Uint16Array.from({ length: samples }, (_, at) => (at > 40 && at < 80 ? 0 : 3));
    const values = Float32Array.from({ length: samples }, (_, at) => at);
    if (samples > 0)
      await writer.append({ samples, amplifier: [values], auxiliary: [], boardAdc: [], digitalIn: high });
    await writer.close();
  }

  /** One file a signal, their names behind a beginning. */
  async intanFolder(beginning: string, samples = 400): Promise<void> {
    await this.rhd(`${beginning}info.rhd`, 0);
    const words = (value: (at: number) => number) => Int16Array.from({ length: samples }, (_, at) => value(at));
    writeFileSync(
      this.at(`${beginning}time.dat`),
      Int32Array.from({ length: samples }, (_, at) => at),
    );
    writeFileSync(
      this.at(`${beginning}amplifier.dat`),
      words((at) => at),
    );
    writeFileSync(
      this.at(`${beginning}digitalin.dat`),
      words((at) => (at > 100 && at < 200 ? 3 : 0)),
    );
  }

  async blackrock(stem: string, ...endings: string[]): Promise<void> {
    const startedAt = new Date('2026-01-02T03:04:05.006Z');
    const scale = { units: 'uV', maxAnalog: 8191, maxDigital: 32_764, band: [0.3, 7500] as const };
    for (const ending of endings) {
      const channels = [{ electrodeId: 1, label: 'elec1', ...scale }];
      const layout = { label: '30 kS/s', comment: '', period: 1, startedAt, channels };
      const nsx = await NsxWriter.create(this.at(`${stem}${ending}`), layout);
      await nsx.startSegment(0);
      await nsx.append([Float32Array.from({ length: 300 }, (_, at) => at)], 300);
      await nsx.close();
    }
    const nev = await NevWriter.create(this.at(`${stem}.nev`), { comment: '', startedAt, electrodes: [] });
    await nev.digital(10, 1);
    await nev.close();
  }

  abf(name: string): void {
    renameSync(writeAbf1(this.path, { samples: [1, 2, 3, 4] }), this.at(name));
  }

  smr(name: string): void {
    const samples = Array.from({ length: 100 }, (_, at) => at);
    const wave = { number: 1, kind: kinds.adc, units: 'mV', ticksPerSample: 100, blocks: [{ tick: 0, samples }] };
    writeFileSync(this.at(name), makeSon(8, [wave]).bytes);
  }

  bjg(name: string): void {
    writeFileSync(this.at(name), madeBjg({ labels: ['a', 'b'], samples: 20 }));
  }

  dabrowska(name: string): void {
    const matrix = { rows: 100, columns: 1, values: Float64Array.from({ length: 100 }, (_, at) => at) };
    const Pars = { sampleRate: row(1000), duration: row(100), triggerTime: row(739315.5) };
    writeFileSync(this.at(name), madeMat({ Pars, inputData: matrix, outputData: matrix }));
  }

  sev(name: string): void {
    const bytes = Buffer.alloc(40 + 4 * 100);
    bytes.writeBigUInt64LE(BigInt(bytes.length), 0);
    bytes.write('SEV', 8);
    bytes.writeUInt8(3, 11);
    bytes.write('Wave', 12);
    bytes.writeUInt16LE(1, 16);
    bytes.writeUInt16LE(4, 20);
    // 32-bit floats; the rate is 2^(n - 12) x 25 MHz / decimation.
    bytes.writeUInt8(1, 25);
    bytes.writeUInt16LE(2, 26);
    writeFileSync(this.at(name), bytes);
  }

  /** A probe of two channels, one sample a step. */
  imec(stem: string, samples = 200): void {
    const lines = {
      ...{ typeThis: 'imec', imSampRate: 30_000, nSavedChans: 3, acqApLfSy: '4,4,1', snsApLfSy: '2,0,1' },
      ...{ snsSaveChanSubset: '1,3,8', firstSample: 0, imAiRangeMax: 0.6, imDatPrb_type: 0 },
      '~imroTbl': '(0,4)(0 0 0 500 250 1)(1 0 0 1000 125 1)(2 0 0 50 50 1)(3 0 0 250 1500 1)',
      '~snsChanMap': '(4,4,1)(AP1;1:0)(AP3;3:1)(SY0;8:2)',
    };
    this.#stream(stem, lines, samples, (at) => [at, -at, 0]);
  }

  /** Two analog lines (set-up, on and off) and a word of digital lines; all up from sample 100 to 200. */
  nidq(stem: string, samples = 400): void {
    const lines = {
      ...{ typeThis: 'nidq', niSampRate: 1000, nSavedChans: 3, acqMnMaXaDw: '0,0,2,1', snsMnMaXaDw: '0,0,2,1' },
      ...{ niAiRangeMax: 5, niMNGain: 1, niMAGain: 1, niXDBytes1: 1 },
    };
    this.#stream(stem, lines, samples, (at) => (at >= 100 && at < 200 ? [30_000, 30_000, 1] : [0, 0, 0]));
  }

  #stream(stem: string, lines: object, samples: number, row: (at: number) => number[]): void {
    const text = Object.entries(lines).map(([key, value]) => `${key}=${value}\n`);
    writeFileSync(this.at(`${stem}.meta`), text.join(''));
    const words = Int16Array.from(Array.from({ length: samples }, (_, at) => row(at)).flat());
    writeFileSync(this.at(`${stem}.bin`), words);
  }

  analyzer(name: string): void {
    const conds = [{ symbol: ['ori'], val: [row(0)], repeats: [{ trialno: row(1) }] }];
    writeFileSync(this.at(name), madeMat({ Analyzer: { M: {}, P: { param: [] }, loops: { conds } } }));
  }

  stimData(name: string): void {
    const stimParams = { stimOrder: row(1), Value: row(45) };
    writeFileSync(this.at(name), madeMat({ stimData: { stimParams, stimTimes: row(31), stimOnDuration: row(30) } }));
  }

  /** A log of one stimulus, and what was set up for it. */
  bpod(stem: string): void {
    this.text(`${stem}_stimulus_triggers_log.tsv`, 'valve\topen\tstart\tend\n3\t0.1\t093000\t093000.5\n');
    this.text(`${stem}_summary_log.json`, '{}');
  }
}

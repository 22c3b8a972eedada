import { describe, expect, it } from 'vitest';
import { formatProbeMap, parseProbeMap } from './epoch-probe-map.ts';

const text = `name\treference\ttype\tdevicestring\tsubjectstring
ctx\t1\tn-trode\tintan1:ai1-16\tferret22.1@vhlab.org
vis\t1\tstimulator\tvis1:mk1\tferret22.1@vhlab.org
`;

describe('epoch probe maps', () => {
  it('are read and written again the same', () => {
    const { entries, skipped } = parseProbeMap(text);
    expect(skipped).toEqual([]);
    expect(entries[0]).toEqual({
      name: 'ctx',
      reference: 1,
      type: 'n-trode',
      deviceString: 'intan1:ai1-16',
      subject: 'ferret22.1@vhlab.org',
    });
    expect(formatProbeMap(entries)).toBe(text);
  });

  it('say which lines were left out, and follow the header', () => {
    const odd =
      'type\tname\treference\tsubjectstring\tdevicestring\textra\r\nn-trode\tctx\t0\ta@b\td:ai1\tx\r\nbroken\r\n\r\n';
    const { entries, skipped } = parseProbeMap(odd);
    expect(entries).toEqual([{ name: 'ctx', reference: 0, type: 'n-trode', deviceString: 'd:ai1', subject: 'a@b' }]);
    expect(skipped).toEqual(['Line 3 has 1 cells instead of 6.']);
    expect(parseProbeMap('').entries).toEqual([]);
  });

  it.each([
    ['name\treference\ttype\tdevicestring\n', /subjectstring/],
    [text.replace('ctx', '1ctx'), /begin with a letter/],
    [text.replace('ctx', 'c tx'), /white space/],
    [text.replace('\t1\t', '\t1.5\t'), /reference/],
    [text.replace('\t1\t', '\t\t'), /reference/],
    [text.replace('ai1-16', 'ai0'), /counted from 1/],
  ])('refuse what breaks a rule', (broken, why) => {
    expect(() => parseProbeMap(broken)).toThrow(why);
  });

  const row = (changes: Partial<Record<'name' | 'reference' | 'type' | 'devicestring' | 'subjectstring', string>>) => {
    const cells = { name: 'ctx', reference: '1', type: 'n-trode', devicestring: 'd:ai1', subjectstring: 'a@b' };
    const all = { ...cells, ...changes };
    return `${Object.keys(all).join('\t')}\n${Object.values(all).join('\t')}\n`;
  };

  // The rules of the reference on DAQ systems, section 4.3.
  it.each([
    ['a name without a letter first', { name: '1ctx' }, /name .* must begin with a letter/],
    ['an empty name', { name: '' }, /name .* must begin with a letter/],
    ['white space in a name', { name: 'c tx' }, /name .* must have no white space/],
    ['a type without a letter first', { type: '_n' }, /type .* must begin with a letter/],
    ['an empty type', { type: '' }, /type .* must begin with a letter/],
    ['white space in a type', { type: 'n trode' }, /type .* must have no white space/],
    ['an empty device string', { devicestring: '' }, /devicestring .* must begin with a letter/],
    ['a device that begins with a digit', { devicestring: '1d:ai1' }, /devicestring .* must begin with a letter/],
    ['white space in a device string', { devicestring: 'd: ai1' }, /devicestring .* must have no white space/],
    ['a device string that breaks its grammar', { devicestring: 'd:ai3-1' }, /runs backwards/],
    ['a negative reference', { reference: '-1' }, /reference/],
    ['a fraction as a reference', { reference: '0.5' }, /reference/],
    ['a word as a reference', { reference: 'one' }, /reference/],
    ['no reference', { reference: '' }, /reference/],
  ])('4.3: refuse %s', (_, changes, why) => {
    expect(() => parseProbeMap(row(changes))).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    expect(() => parseProbeMap(row(changes))).toThrow(why);
  });

  it('4.3: take 0 as a reference, and any subject', () => {
    const [entry] = parseProbeMap(row({ reference: '0', subjectstring: 'no at sign here' })).entries;
    expect([entry?.reference, entry?.subject]).toEqual([0, 'no at sign here']);
  });

  it('4.2: have columns whose names are told by case, and cells that are trimmed', () => {
    expect(() => parseProbeMap(row({}).replace('name', 'Name'))).toThrow(/column name is missing/);
    expect(parseProbeMap(row({ name: '  ctx ', subjectstring: ' a@b ' })).entries).toEqual([
      { name: 'ctx', reference: 1, type: 'n-trode', deviceString: 'd:ai1', subject: 'a@b' },
    ]);
  });

  it('4.4: may name a probe in several rows, and a channel for several probes', () => {
    const rows = [
      { name: 'vis', reference: 1, type: 'stimulator', deviceString: 'd:mk1', subject: 'a@b' },
      { name: 'vis', reference: 1, type: 'stimulator', deviceString: 'd:mk2', subject: 'a@b' },
      { name: 'ctx', reference: 1, type: 'n-trode', deviceString: 'd:mk1', subject: 'a@b' },
    ];
    expect(parseProbeMap(formatProbeMap(rows)).entries).toEqual(rows);
  });
});

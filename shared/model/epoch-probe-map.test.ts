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
});

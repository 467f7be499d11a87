import { expect } from 'chai';
import { attributeText } from '../../reports/attribute-value.ts';

describe('attribute values of DynamoDB as text', () => {
  const cases: [value: unknown, text: string][] = [
    [{ S: '1' }, '1'],
    [{ S: '' }, ''],
    [{ N: '12.50' }, '12.50'],
    [{ BOOL: false }, 'false'],
    [{ NULL: true }, 'null'],
    [{ B: 'AAEC' }, 'binary AAEC'],
    [{ SS: ['b', 'a'] }, '["b","a"]'],
    [{ NS: ['1'] }, '["1"]'],
    [{ L: [{ S: 'a' }, { L: [{ N: '2' }] }] }, '["a",["2"]]'],
    [{ M: { name: { S: 'x' }, more: { M: {} } } }, '{"name":"x","more":{}}'],
    [{ S: 'a', N: '1' }, '{"S":"a","N":"1"}'],
    [{ X: 1 }, '{"X":1}'],
    ['bare', 'bare'],
    [null, 'null'],
  ];
  for (const [value, text] of cases) {
    it(`shows ${JSON.stringify(value)} as ${text || 'nothing'}`, () => {
      expect(attributeText(value)).to.equal(text);
    });
  }
});

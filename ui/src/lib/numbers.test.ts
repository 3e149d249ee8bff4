import { expect, test } from 'vitest';
import { inEnglish, inJapanese, several } from './numbers';

test('numbers are written as the Unicode tables write them', () => {
  for (const number of [0, 7, 999, 1000, 12345, 100000, 1234567, -1, -999, -1000, -1234567, 0.5, 1234.125]) {
    expect(inJapanese(number)).toBe(number.toLocaleString('ja-JP'));
    expect(inEnglish(number)).toBe(number.toLocaleString('en'));
  }
  expect([several(1, 'page'), several(1200, 'page'), several(0, 'person', 'people')]).toEqual(['1 page', '1,200 pages', '0 people']);
});

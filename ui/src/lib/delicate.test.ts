import { expect, test } from 'vitest';
import { delicate } from './delicate';

test.each([
  ['先月から入院しているとのこと', true],
  ['胃がんの手術を受けた', true],
  ['借金の相談を受けた', true],
  ['昨年 離婚', true],
  ['He had surgery in May', true],
  ['お互いがんばろうと話した', false],
  ['病院の改修工事を受注', false],
  ['Hospitality business, doing well', false],
  ['', false],
])('%s', (text, is) => expect(delicate(text)).toBe(is));

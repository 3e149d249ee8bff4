import { expect, test } from 'vitest';
import { pieces } from './match';

const marked = (text: string, search: string) => pieces(text, search).filter((piece) => piece.hit).map((piece) => piece.text);

test('the whole word is marked, in whichever kana or width it stands', () => {
  expect(marked('サイトウ ミサキ', 'さいとう')).toEqual(['サイトウ']);
  expect(marked('さいとう みさき', 'ｻｲﾄｳ みさき')).toEqual(['さいとう', 'みさき']);
  expect(marked('HACCP の立ち上げ', 'haccp')).toEqual(['HACCP']);
  expect(marked('北斗食品㈱', '(株)')).toEqual(['㈱']);
});

test('nothing is lost between the marks', () => {
  const text = '齋藤 美咲と斉藤 健一';
  expect(pieces(text, '藤').map((piece) => piece.text).join('')).toBe(text);
  expect(marked(text, '')).toEqual([]);
});

import { expect, test } from 'vitest';
import { folded, pieces } from './match';

const marked = (text: string, found: string[]) => pieces(text, found).filter((piece) => piece.hit).map((piece) => piece.text);

test('all that was found is marked, wherever it stands', () => {
  expect(marked('サイトウ ミサキ', ['サイトウ'])).toEqual(['サイトウ']);
  expect(marked('𠮷田 健と𠮷田 誠', ['𠮷田'])).toEqual(['𠮷田', '𠮷田']);
  expect(marked('齋藤 美咲', ['齋藤', '藤'])).toEqual(['齋藤']);
  expect(marked('齋藤 美咲', ['', '渡邊'])).toEqual([]);
});

test('nothing is lost between the marks', () => {
  const text = '齋藤 美咲と斉藤 健一';
  expect(pieces(text, ['藤']).map((piece) => piece.text).join('')).toBe(text);
});

test('names of screens meet in whichever kana or width they are typed', () => {
  expect(folded('ｻｲﾄｳ')).toBe(folded('さいとう'));
  expect(folded('ＰＤＦ')).toBe(folded('pdf'));
});

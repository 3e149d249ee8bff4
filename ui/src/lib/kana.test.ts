import { expect, test } from 'vitest';
import { Ear, katakana, type Typing } from './kana';

type Logged = [event: Typing, value: string];

/** A word composed, as WebKitGTK 2.50 with uim and anthy tells it: the letters as they changed, and what was confirmed. */
const composed = (steps: string[], confirmed: string, before = ''): Logged[] => [
  [{ type: 'compositionstart', data: '' }, before],
  ...steps.flatMap((data, at): Logged[] => [
    [{ type: 'compositionupdate', data }, before + (steps[at - 1] ?? '')],
    [{ type: 'input', inputType: 'insertCompositionText', data, isComposing: true }, before + data],
  ]),
  [{ type: 'input', inputType: 'deleteCompositionText', data: null, isComposing: true }, before],
  [{ type: 'input', inputType: 'insertFromComposition', data: confirmed, isComposing: true }, before + confirmed],
  [{ type: 'compositionend', data: confirmed }, before + confirmed],
];
const watanabe = ['w', 'わ', 'わt', 'わた', 'わたn', 'わたな', 'わたなb', 'わたなべ', '渡辺'];
const typed = (data: string, value: string): Logged => [{ type: 'input', inputType: 'insertText', data, isComposing: false }, value];
const changed = (inputType: string, value: string): Logged => [{ type: 'input', inputType, data: null, isComposing: false }, value];

/** What a field that begins with `text` tells of its reading, one after the other. */
function told(logs: Logged[][], text = ''): string[] {
  const ear = new Ear(text);
  return logs.flat().flatMap(([event, value]) => ear.hear(event, value) ?? []);
}

test('the kana shown before they became kanji are the reading', () => {
  expect(told([composed(watanabe, '渡辺')])).toEqual(['ワタナベ']);
  // Recorded: the ん whose second n was never typed.
  expect(told([composed(['s', 'sh', 'し', 'しn', '新'], '新')])).toEqual(['シン']);
  // Another kanji looked up, and back to the kana and on.
  expect(told([composed(['さ', 'さい', 'さいt', 'さいと', 'さいとう', '斉藤', '斎藤', '齋藤'], '齋藤')])).toEqual(['サイトウ']);
  expect(told([composed(['た', 'たか', '高', 'たか', 'たかh', 'たかは', 'たかはし', '高橋'], '高橋')])).toEqual(['タカハシ']);
});

test('a name written in kana reads as it stands', () => {
  expect(told([composed(['は', 'はな'], 'はな')])).toEqual(['ハナ']);
  expect(told([composed(['ま', 'まりあ', 'マリア'], 'マリア')])).toEqual(['マリア']);
  expect(told([[typed('マ', 'マ'), typed('リ', 'マリ')]])).toEqual(['マ', 'マリ']);
});

test('a name of two words reads as both, and one taken away is forgotten', () => {
  const shin = composed(['し', 'しn', '新'], '新', '渡辺');
  expect(told([composed(watanabe, '渡辺'), shin])).toEqual(['ワタナベ', 'ワタナベシン']);
  const back = changed('deleteContentBackward', '渡辺');
  expect(told([composed(watanabe, '渡辺'), shin, [back]])).toEqual(['ワタナベ', 'ワタナベシン', 'ワタナベ']);
  expect(told([composed(watanabe, '渡辺'), [changed('deleteContentBackward', '')]])).toEqual(['ワタナベ', '']);
});

test('a kanji typed anew for a wrong one keeps the reading, another word does not', () => {
  const cut = changed('deleteContentBackward', '渡');
  expect(told([composed(watanabe, '渡辺'), [cut], composed(['べ', '邊'], '邊', '渡')])).toEqual(['ワタナベ', 'ワタナベ']);
  expect(told([composed(watanabe, '渡辺'), [cut], composed(['ぬき', '貫'], '貫', '渡')])).toEqual(['ワタナベ', '']);
});

test('what was pasted, or written in letters, or stood there before has no reading', () => {
  expect(told([[changed('insertFromPaste', '佐藤')]])).toEqual(['']);
  expect(told([composed(watanabe, '渡辺'), [changed('insertFromPaste', '佐藤')]])).toEqual(['ワタナベ', '']);
  expect(told([[typed('S', 'S'), typed('a', 'Sa')]])).toEqual(['', '']);
  expect(told([composed(watanabe, '渡辺', '佐藤')], '佐藤')).toEqual(['']);
  // All of it replaced: what stood before no longer matters.
  expect(told([composed(watanabe, '渡辺')], '佐藤')).toEqual(['ワタナベ']);
  // Said or drawn, not typed: only the kanji are seen.
  expect(told([composed(['佐藤'], '佐藤')])).toEqual(['']);
});

test('where the input method converts while one types, nothing is guessed', () => {
  expect(told([composed(['わ', 'わt', 'わた', '綿', '綿n', '綿な', '渡辺'], '渡辺')])).toEqual(['']);
  expect(told([composed(['わ', 'わた'], '')])).toEqual([]);
});

test('readings are kept in full-width katakana', () => {
  expect(katakana('わたなべ')).toBe('ワタナベ');
  expect(katakana('ﾀｶﾊｼ')).toBe('タカハシ');
  expect(katakana('ゔぁいおりん')).toBe('ヴァイオリン');
});

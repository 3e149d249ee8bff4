import { expect, test } from 'vitest';
import { usual } from '../../lib/called';
import { en as english } from '../../lib/en';
import { ja as japanese } from '../../lib/ja';
import inEnglish from './en.md?raw';
import inJapanese from './ja.md?raw';
import { read, said } from './read';

const texts = { ja: inJapanese, en: inEnglish };

test('headings, lists and words that stand out are told apart', () => {
  expect(read('# A\n\n## B\n\n1. **x** y\n2. `z`\n\n- p\n\nq\nr\n')).toEqual({
    title: 'A',
    sections: [
      {
        title: 'B',
        blocks: [
          { kind: 'steps', items: [[{ text: 'x', as: 'strong' }, { text: ' y', as: 'plain' }], [{ text: 'z', as: 'exact' }]] },
          { kind: 'points', items: [[{ text: 'p', as: 'plain' }]] },
          { kind: 'paragraph', items: [[{ text: 'q', as: 'plain' }]] },
          { kind: 'paragraph', items: [[{ text: 'r', as: 'plain' }]] },
        ],
      },
    ],
  });
});

test('nothing of the help is lost, and nothing in it stands that cannot be shown', () => {
  for (const text of Object.values(texts)) {
    const { title, sections } = read(text);
    const shown = [title, ...sections.map(said)].join('\n');
    const written = text.replace(/^(#+ |\d+\. |- )/gm, '').replace(/\*\*|`/g, '').split('\n').filter(Boolean).join('\n');
    expect(shown).toBe(written);
    expect(shown).not.toMatch(/[*`|<>]|\]\(|^\s/m);
  }
});

test('both languages explain the same, step by step', () => {
  const shape = (text: string) => read(text).sections.map(({ blocks }) => blocks.map(({ kind }) => kind));
  expect(shape(inEnglish)).toEqual(shape(inJapanese));
  expect(shape(inJapanese).length).toBeGreaterThan(7);
});

test('what the help tells to press stands on the screen by that name', () => {
  const words = (dictionary: object): string[] =>
    Object.values(dictionary).flatMap((value): string[] =>
      typeof value === 'string' ? [value] : typeof value === 'function' ? [String(value(2, 2, 2))] : words(value as object),
    );
  // Names of files, and words of Windows' own.
  const elsewhere = /^(enishi[-_.].*|縁 Enishi|\.enishi|\?|WindowsによってPCが保護されました|詳細情報|実行|入れる|アプリ|画面を映す部品.*|More info|Run anyway|はい|いいえ|保存)$/;
  for (const [text, dictionary, quoted] of [
    [inJapanese, japanese(usual), /「([^」]+)」/g],
    [inEnglish, english(usual), /“([^”]+)”/g],
  ] as const) {
    const known = words(dictionary);
    const missing = [...text.matchAll(quoted)].map(([, word]) => word!).filter((word) => !elsewhere.test(word) && !known.some((said) => said === word));
    expect(missing).toEqual([]);
  }
});

// What the company calls the people who left: one word for the screen, one for paper.

import type { Settings } from '../gen/desk';

export interface Called {
  screen: string;
  paper: string;
}

/** The words until the company chooses others. */
export const usual: Called = { screen: '退職者', paper: 'OB・OG' };

/** The words offered; any other may be typed. These are kept as they stand, whatever the language of the screen. */
export const words = ['退職者', '卒業生', 'アルムナイ', '社友', 'OB・OG'];

export const calledIn = (settings: Pick<Settings, 'people_screen' | 'people_paper'> | undefined): Called => ({
  screen: settings?.people_screen.trim() || usual.screen,
  paper: settings?.people_paper.trim() || usual.paper,
});

/** A Latin word stands apart from the Japanese before it. */
export const apart = (word: string) => (/^[A-Za-z]/.test(word) ? ` ${word}` : word);

const inEnglish: Record<string, [one: string, many: string]> = {
  退職者: ['leaver', 'leavers'],
  卒業生: ['graduate', 'graduates'],
  アルムナイ: ['alum', 'alumni'],
  社友: ['friend of the company', 'friends of the company'],
};

/** The word in English, for one and for many; a word of the company's own stays as it is. */
export const english = (word: string): [one: string, many: string] => (Object.hasOwn(inEnglish, word) ? inEnglish[word]! : [word, word]);

/** With a capital, as a title begins. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

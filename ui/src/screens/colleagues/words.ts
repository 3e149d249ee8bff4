// The words of handing ties over. They lie with their screen, which is read when it is needed.

import type { Called } from '../../lib/called';
import { room } from '../../lib/i18n.svelte';
import type { Same } from '../../lib/words';

export const ja = ({ screen }: Called) => ({
  handOver: '引き継ぎ',
  handOverOf: (name: string) => `${name}さんの引き継ぎ`,
  title: (name: string) => `${name}さんが連絡担当の${screen}`,
  none: `この方が連絡担当になっている${screen}はいません。`,
  why: '新しい担当を選ぶと、全員の担当を一度に替えます。「元に戻す」で戻せます。引き継ぎ表は、新しい担当の方へお渡しください。',
  columns: ['お名前', '電話', 'つながり', '最後の連絡', '次の約束'] satisfies string[],
  sheetColumns: ['お名前・電話', 'つながりと最後の連絡', '次の約束'] satisfies string[],
  never: '記録なし',
  to: '新しい連絡担当',
  hand: (count: number) => `${count}人を引き継ぐ`,
  handed: (count: number, name: string) => `${count}人の連絡担当を${name}さんに替えました`,
  choose: '新しい連絡担当を選んでください。',
  nobody: 'ほかに社員がいません。先に社員を加えてください。',
  print: '引き継ぎ表を印刷',
  sheet: '連絡担当の引き継ぎ表',
  sheetWho: (name: string, count: number) => `${name}さんが連絡担当だった${count}人です。まず一本お電話で、担当が替わったことをお伝えください。`,
  sheetAbout: '連絡を望まない方と、亡くなった方は載せていません。この紙は、使い終わったら細かく切って捨ててください。',
  save: '引き継ぎ表を保存',
});

export const en: (called: Called) => Same<ReturnType<typeof ja>> = () => ({
  handOver: 'Hand over',
  handOverOf: (name) => `Hand over: ${name}`,
  title: (name) => `People in the charge of ${name}`,
  none: 'Nobody is in the charge of this colleague.',
  why: 'Choose who takes over: everybody changes hands in one step, which “Undo” takes back. Please give the sheet to whoever takes over.',
  columns: ['Name', 'Telephone', 'Tie', 'Last contact', 'Promised for'],
  sheetColumns: ['Name, phone', 'Tie, and the last contact', 'Promised for'],
  never: 'none recorded',
  to: 'Who takes over',
  hand: (count) => (count === 1 ? 'Hand over 1 person' : `Hand over ${count} people`),
  handed: (count, name) => (count === 1 ? `1 person is now in the charge of ${name}` : `${count} people are now in the charge of ${name}`),
  choose: 'Please choose who takes over.',
  nobody: 'There is nobody else among the staff. Please add somebody first.',
  print: 'Print the sheet',
  sheet: 'Ties handed over',
  sheetWho: (name, count) =>
    count === 1
      ? `${name} was in charge of this person. Please call first, and say that the tie is in your hands now.`
      : `${name} was in charge of these ${count} people. Please call each first, and say that the tie is in your hands now.`,
  sheetAbout: 'Whoever wants no contact, or has died, is not listed. Please shred this sheet when you no longer need it.',
  save: 'Save the sheet',
});

export const w = room(ja, en);

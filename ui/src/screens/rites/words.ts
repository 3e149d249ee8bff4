// The words of 慶弔. They lie with their screen, which is read when it is needed.

import { room } from '../../lib/i18n.svelte';
import { inEnglish as e, inJapanese as n, several as s } from '../../lib/numbers';
import type { Same } from '../../lib/words';

export const ja = () => ({
  title: '慶弔の記録',
  why: 'お祝いとお悔やみに、会社が何をしたかの一覧です。書くのは、お一人ずつのページの「慶弔」です。メモに書いたご家族のことは、この一覧にも、印刷にも出ません。',
  none: 'まだ記録がありません。名簿でお名前を開き、「慶弔を記録」から書きます。',
  noneInYear: 'この年の記録はありません。',
  year: '年',
  all: '全期間',
  columns: ['日付', 'お名前', 'できごと', '会社がしたこと', '金額（円）', '社員'] satisfies string[],
  notYet: '未記入',
  sum: (count: number, yen: number) => (yen ? `${n(count)}件　合計 ${n(yen)}円` : `${n(count)}件`),
  print: 'PDF にする',
  workbook: 'Excel にする',
  save: '慶弔の記録を保存',
  more: (count: number) => `続きを見る（あと${n(count)}件）`,
  secret: 'この紙は、使い終わったら細かく切って捨ててください。',
  topic: 'できごと',
  section: '慶弔',
  add: '慶弔を記録',
  giftHint: '例：祝電、祝金、弔電、香典、供花',
  noteHint: 'ご病気やご家族の事情は書かないでください。「封をした記録」へ書きます。',
  yen: (yen: number) => `${n(yen)}円`,
});

export const en: () => Same<ReturnType<typeof ja>> = () => ({
  title: 'Life events',
  why: 'What the company sent or gave when somebody had reason to celebrate or to mourn. It is written on each person’s page, under “Life events”. Notes about the family appear neither in this list nor in print.',
  none: 'Nothing recorded yet. Open somebody in the register and choose “Record a life event”.',
  noneInYear: 'Nothing was recorded for this year.',
  year: 'Year',
  all: 'All years',
  columns: ['Date', 'Name', 'What happened', 'What we gave', 'Yen', 'By whom'],
  notYet: 'not written yet',
  sum: (count, yen) => (yen ? `${s(count, 'entry', 'entries')}, ${e(yen)} yen in all` : s(count, 'entry', 'entries')),
  print: 'Make a PDF',
  workbook: 'Make an Excel file',
  save: 'Save the life events',
  more: (count) => `Show more (${e(count)})`,
  secret: 'Please shred this sheet when you no longer need it.',
  topic: 'What happened',
  section: 'Life events',
  add: 'Record a life event',
  giftHint: 'e.g. a telegram, a gift of money, condolence money, flowers',
  noteHint: 'Please write nothing here about illness or the family. That belongs behind the seal.',
  yen: (yen) => `${e(yen)} yen`,
});

export const w = room(ja, en);

// What is said of the parts that the program is made of. Their names and licences come from the bill of materials.

import { room } from '../../lib/i18n.svelte';
import { inEnglish as e, inJapanese as n } from '../../lib/numbers';
import type { Same } from '../../lib/words';

export const ja = () => ({
  title: '中に入っている部品',
  why: 'Enishi は、ほかの人たちが公開している部品も使って作られています。下の一覧は、作るたびに実際の中身と照らし合わせています。使ってよい条件の全文は、プログラムと一緒に入る「LICENCES.txt」にあります。',
  search: '部品の名前・使ってよい条件で探す',
  none: '見つかりませんでした。',
  back: '戻る',
  kinds: {
    font: '文字の形',
    data: '郵便番号の辞書',
    page: '画面の部品',
    rust: 'プログラムの部品',
  },
  counted: (kind: string, count: number) => `${kind}（${n(count)}）`,
  name: '名前',
  version: '版',
  licence: '使ってよい条件',
  postal: '郵便番号のデータは日本郵便が公開しているものです。',
});

export const en = (): Same<ReturnType<typeof ja>> => ({
  title: 'What it is made of',
  why: 'Enishi also uses parts that others have published. The list below is held against what is really in it with every build. The whole licences are in “LICENCES.txt”, which is installed beside the program.',
  search: 'Search by name or licence',
  none: 'Nothing was found.',
  back: 'Back',
  kinds: {
    font: 'Typefaces',
    data: 'Dictionary of postal codes',
    page: 'Parts of the page',
    rust: 'Parts of the program',
  },
  counted: (kind, count) => `${kind} (${e(count)})`,
  name: 'Name',
  version: 'Version',
  licence: 'Licence',
  postal: 'The postal codes are published by Japan Post.',
});

export const say = room(ja, en);

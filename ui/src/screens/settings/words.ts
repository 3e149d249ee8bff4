// What is said of opening without a 合言葉 on one PC, of the dictionary of postal codes and of taking everything along. It
// lies with its screen, which is read when somebody goes there.

import { inEnglish, inJapanese, several } from '../../lib/numbers';
import { room } from '../../lib/i18n.svelte';
import type { Same } from '../../lib/words';

export const ja = () => ({
  title: 'このパソコンでは、合言葉なしで開く',
  why: 'プログラムを始めると、合言葉を打たずに名簿が開くようにできます。鍵は、このパソコンがしまっておきます。',
  limit: 'このパソコンに、あなたと同じ利用者として入れる人なら、誰でもこの名簿を開けるようになります。何人かで使うパソコンや、持ち歩くパソコンでは、使わないでください。',
  limitOwner:
    'このパソコンに、あなたと同じ利用者として入れる人なら、誰でもこの名簿を開き、封をした記録まで読めるようになります。何人かで使うパソコンや、持ち歩くパソコンでは、使わないでください。',
  lock: '鍵をかけたあとは、合言葉で開きます。ただし、プログラムを始め直せば、また合言葉なしで開きます。ほかのパソコンや、控え（バックアップ）から戻すときにも合言葉が要ります。忘れないでください。',
  add: '合言葉なしで開くようにする…',
  addDo: '合言葉なしで開くようにする',
  added: '次から、このパソコンでは合言葉なしで開きます。',
  on: (name: string) => `いまは、${name}さんとして、合言葉なしで開きます。合言葉を変えたとき、利用者を外したとき、控えから戻したときは、合言葉で開くように戻ります。`,
  remove: '合言葉で開くように戻す',
  removed: '次から、合言葉で開きます。',
  data: {
    title: 'データの持ち出し',
    why: '名簿の全体を、一つのファイルに保存できます。ほかのプログラムに移るときや、新しい名簿に移すときのためです。ふだんの備えには、控え（バックアップ）があります。',
    people: '一部の方だけを Excel や CSV、電話帳、宛名ソフト用に書き出すには、一覧で方々を選び、「書き出す」を押してください。',
    all: '名簿の全体を保存…',
    ask: 'このファイルは、合言葉がなくても誰でも読めます。封をした記録（退職の理由など）は入りません。保存したことは記録に残ります。使い終わったら消してください。',
    save: '名簿の全体を保存',
    saved: (people: number, name: string) => `${inJapanese(people)}名の名簿の全体を「${name}」に保存しました。合言葉なしで読めるファイルです。置き場所にお気をつけください。`,
    form: 'ファイルの中身の説明を保存',
    formSaved: (name: string) => `「${name}」に保存しました。ほかのプログラムを作る方にお渡しください。`,
    takeWhy: 'この名簿には、まだ誰もいません。前に保存した名簿の全体を、ここに入れられます。',
    take: '保存した名簿の全体を入れる…',
    taken: (people: number) => `${inJapanese(people)}名の名簿を入れました。`,
  },
  postal: {
    title: '郵便番号の辞書',
    dated: (day: string, places: number) => `${day}の辞書です（${inJapanese(places)}か所）。`,
    undated: (places: number) => `いつの辞書か分からないファイルです（${inJapanese(places)}か所）。`,
    own: 'ご自分で入れ替えたものです。',
    none: '辞書がありません。郵便番号と住所は、そのまま打ってください。',
    why: '郵便番号から住所を、住所から郵便番号を出すのに使います。新しくするには、日本郵便の「住所の郵便番号」のページから、全国一括のファイル（CSV、または圧縮したもの）を USB などで持ってきて、選んでください。事業所ごとの番号は入っていません。',
    choose: '日本郵便の郵便番号のファイルを選ぶ',
    change: 'ファイルを選んで入れ替える…',
    changed: (places: number) => `郵便番号の辞書を入れ替えました（${inJapanese(places)}か所）。`,
    undo: '初めから入っている辞書に戻す',
    back: '初めから入っている辞書に戻しました。',
  },
});

export const en = (): Same<ReturnType<typeof ja>> => {
  return {
    title: 'Open without a passphrase on this computer',
    why: 'The register can open when the program starts, without a passphrase. This computer then keeps the key.',
    limit: 'Anybody who can use this computer under your account will be able to open this register. Do not use this on a computer that is shared or carried about.',
    limitOwner:
      'Anybody who can use this computer under your account will be able to open this register and read the sealed records. Do not use this on a computer that is shared or carried about.',
    lock: 'After a lock the passphrase is asked, but starting the program again opens the register without it. On another computer, and to restore a backup, you need the passphrase as well. Do not forget it.',
    add: 'Open without a passphrase…',
    addDo: 'Open without a passphrase',
    added: 'From now on the register opens without a passphrase on this computer.',
    on: (name) => `It now opens without a passphrase, as ${name}. A changed passphrase, a user removed or a backup restored ends that.`,
    remove: 'Ask for the passphrase again',
    removed: 'From now on the passphrase is asked.',
    data: {
      title: 'Taking your data along',
      why: 'The whole register can be saved as one file, to go over to another program or into a new register. For everyday safety there are the backups.',
      people: 'To export some people for Excel, as CSV, as an address book or for address software, select them in the list and choose Export.',
      all: 'Save the whole register…',
      ask: 'Anybody can read this file without a passphrase. Sealed records (reasons for leaving) are not in it. That it was saved is written down. Remove it when it has served.',
      save: 'Save the whole register',
      saved: (people, name) => `The whole register of ${several(people, 'person', 'people')} was saved as “${name}”. It can be read without a passphrase: mind where it lies.`,
      form: 'Save what the file looks like',
      formSaved: (name) => `Saved as “${name}”, for whoever writes a program that reads the file.`,
      takeWhy: 'Nobody is in this register yet. A whole register that was saved before can be put here.',
      take: 'Put a saved register here…',
      taken: (people) => `A register of ${several(people, 'person', 'people')} was put here.`,
    },
    postal: {
      title: 'Postal codes',
      dated: (day, places) => `The dictionary is of ${day} (${inEnglish(places)} places).`,
      undated: (places) => `The file of the dictionary does not say of which day it is (${inEnglish(places)} places).`,
      own: 'You put it in the place of the program’s own.',
      none: 'There is no dictionary. Type postal codes and addresses as they are.',
      why: 'It tells the address of a postal code, and the code of an address. For a newer one, bring the file for all of Japan from the page of postal codes of Japan Post (CSV or ZIP), on a USB stick for example, and choose it. Codes of single companies are not in it.',
      choose: 'Choose Japan Post’s file of postal codes',
      change: 'Choose a newer file…',
      changed: (places) => `The dictionary of postal codes was replaced (${inEnglish(places)} places).`,
      undo: 'Back to the program’s own',
      back: 'The program’s own dictionary is in use again.',
    },
  };
};

export const w = room(ja, en);

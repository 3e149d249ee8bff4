// What is said of opening without a 合言葉 on one PC. It lies with its screen, which is read when somebody goes there.

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
  };
};

export const w = room(ja, en);

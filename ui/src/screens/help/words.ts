// What stands around the help. The help itself lies beside this, in a file for each language.

import { room } from '../../lib/i18n.svelte';
import type { Same } from '../../lib/words';

export const ja = () => ({
  search: '使い方の中を探す',
  none: '見つかりませんでした。ほかの言葉で探してみてください。',
  back: '戻る',
  keys: 'キー操作の一覧',
});

export const en = (): Same<ReturnType<typeof ja>> => ({
  search: 'Search the help',
  none: 'Nothing was found. Try another word.',
  back: 'Back',
  keys: 'All keys',
});

export const say = room(ja, en);

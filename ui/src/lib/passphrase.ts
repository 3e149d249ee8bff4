// A 合言葉 is typed twice, because nobody sees it.

import { Refusal } from './desk';

/** What is typed for a new 合言葉. */
export interface Typed {
  passphrase: string;
  again: string;
}

/** The 合言葉 that was typed the same twice. Throws a `Refusal` about the field `again`. */
export function twice({ passphrase = '', again = '' }: Partial<Typed>): string {
  if (passphrase !== again) throw new Refusal({ kind: 'invalid', field: 'again', code: 'passphrase_differs', data: {} });
  return passphrase;
}

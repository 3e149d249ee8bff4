// The shape of the dictionaries: Japanese is the source, every other language must match it or does not compile.

import type { ja } from './ja';

type Same<T> = T extends string
  ? string
  : T extends (...given: infer G) => string
    ? (...given: G) => string
    : { readonly [K in keyof T]: Same<T[K]> };

export type Messages = Same<typeof ja>;

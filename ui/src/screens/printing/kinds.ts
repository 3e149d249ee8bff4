import { w } from './words';

/** 「秋の便り-はがき宛名.pdf」 is the はがき宛名, in the language of the page. */
export function kindOf(name: string): string {
  const stem = name.replace(/\.pdf$/, '');
  const known = Object.entries(w().kinds).find(([kind]) => stem.endsWith(`-${kind}`));
  return known?.[1] ?? stem;
}

/** 「秋の便り-はがき宛名.pdf」 is the はがき宛名. */
export const kindOf = (name: string) => name.replace(/\.pdf$/, '').split('-').slice(1).join('-') || name;

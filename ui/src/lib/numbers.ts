// How numbers are written in the sentences of both languages.

/** 1,234 in a Japanese sentence. */
export const inJapanese = (number: number) => number.toLocaleString('ja-JP');

/** 1,234 in an English sentence. */
export const inEnglish = (number: number) => number.toLocaleString('en');

/** `1 page`, `2 pages`. */
export const several = (number: number, one: string, many = `${one}s`) => `${inEnglish(number)} ${number === 1 ? one : many}`;

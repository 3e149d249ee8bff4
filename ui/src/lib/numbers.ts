// How numbers are written in the sentences of both languages. Without Intl, as in `days.ts`.

const grouped = (number: number) =>
  String(number).replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));

/** 1,234 in a Japanese sentence. */
export const inJapanese = grouped;

/** 1,234 in an English sentence. */
export const inEnglish = grouped;

/** `1 page`, `2 pages`. */
export const several = (number: number, one: string, many = `${one}s`) => `${inEnglish(number)} ${number === 1 ? one : many}`;

// How days look. Reading what somebody typed is the program's work (`read_day`); this only shows.

import type { Day } from '../gen/desk';

export type Lang = 'ja' | 'en';

interface Parts {
  year?: number;
  month?: number;
  day?: number;
}

/** `2021-09-30`, `2021-09`, `2021` or `--09-30`. */
export function parts(day: Day): Parts {
  const found = /^(?:(\d{4})|-)(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(day);
  const number = (text?: string) => (text === undefined ? undefined : Number(text));
  return { year: number(found?.[1]), month: number(found?.[2]), day: number(found?.[3]) };
}

// Written out, not asked of Intl: its first answer in a process takes WebKit 20 to 30 ms (measured), before anything is
// painted. A test holds them against it.
/** The eras by their first days, the newest first (明治五年太政官布告第三百三十七号; 登極令; 元号法 and its two orders). */
const ERAS: [string, number][] = [
  ['令和', 2019_05_01],
  ['平成', 1989_01_08],
  ['昭和', 1926_12_25],
  ['大正', 1912_07_30],
  ['明治', 1868_01_01],
];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sept', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = { ja: '日月火水木金土'.split(''), en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] };

/** The year of the Japanese calendar on a day since 1873. */
function eraYear(year: number, month: number, day: number): string {
  const [era, first] = ERAS.find(([, first]) => year * 10_000 + month * 100 + day >= first)!;
  const count = year - Math.floor(first / 10_000) + 1;
  return `${era}${count === 1 ? '元' : count}年`;
}

/** The years of the Japanese calendar in a year or month: two where the era changed. */
function eraYears({ year, month, day }: Parts): string {
  if (year === undefined) return '';
  if (year < 1873) return `${year}年`;
  const first = eraYear(year, month ?? 1, day ?? 1);
  const last = day ? first : eraYear(year, month ?? 12, 31);
  return first === last ? first : `${first}・${last}`;
}

/** A day in words: 令和3年9月30日, or 30 Sept 2021; as far as it is known. */
export function dayText(day: Day | null, lang: Lang): string {
  if (!day) return '';
  const known = parts(day);
  const { year, month, day: date } = known;
  if (lang === 'ja') return eraYears(known) + (month ? `${month}月` : '') + (date ? `${date}日` : '');
  return [date, month && MONTHS[month - 1], year].filter((part) => part !== undefined).join(' ');
}

/** A day as it was understood, in both calendars; `japanese` is what the program calls it. */
export function bothCalendars(day: Day, japanese: string, lang: Lang): string {
  const { year, month, day: date } = parts(day);
  const western = (year === undefined ? '' : `${year}年`) + (month ? `${month}月` : '') + (date ? `${date}日` : '');
  if (lang === 'en') return japanese === western ? dayText(day, 'en') : `${dayText(day, 'en')} (${japanese})`;
  return japanese === western ? japanese : `${japanese}（${western}）`;
}

/** The day as it is offered for editing; reads back as the same day. */
export function dayTyped(day: Day | null, lang: Lang): string {
  if (!day) return '';
  const { year, month, day: date } = parts(day);
  if (lang === 'ja' && (year === undefined || date)) return dayText(day, 'ja');
  if (year === undefined) return `${month}月${date}日`;
  return month ? day.replaceAll('-', '/') : `${year}年`;
}

/** Today on this computer's calendar. */
export function today(now = new Date()): Day {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Whole months from a day until today; `null` when the day has no year or lies ahead. */
export function monthsSince(day: Day, now: Day): number | null {
  const [then, at] = [parts(day), parts(now)];
  if (then.year === undefined || at.year === undefined) return null;
  let months = (at.year - then.year) * 12 + (at.month ?? 1) - (then.month ?? 1);
  if ((at.day ?? 1) < (then.day ?? 1)) months -= 1;
  return months < 0 ? null : months;
}

/** 10:42 */
export function clock(at: number | Date): string {
  const time = new Date(at);
  return `${time.getHours()}:${String(time.getMinutes()).padStart(2, '0')}`;
}

/** 2009–2021, as much of it as is known. */
export function years(from: Day | null, until: Day | null): string {
  const [first, last] = [from, until].map((day) => (day ? parts(day).year : undefined));
  return first || last ? `${first ?? ''}–${last ?? ''}` : '';
}

/** 土 or Sat; nothing when the day is not known in full. */
export function weekday(day: Day, lang: Lang): string {
  const { year, month, day: date } = parts(day);
  if (!year || !month || !date) return '';
  return WEEKDAYS[lang][new Date(Date.UTC(year, month - 1, date)).getUTCDay()]!;
}

/** The day so many months later, or earlier; the 31st becomes the last day of a shorter month. Needs a whole day. */
export function inMonths(day: Day, months: number): Day {
  const { year = 0, month = 1, day: date = 1 } = parts(day);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The Sunday that ends the week of a whole day. */
export function sunday(day: Day): Day {
  const { year = 0, month = 1, day: date = 1 } = parts(day);
  const weekday = new Date(Date.UTC(year, month - 1, date)).getUTCDay();
  return new Date(Date.UTC(year, month - 1, date + ((7 - weekday) % 7))).toISOString().slice(0, 10);
}

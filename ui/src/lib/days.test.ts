import { expect, test } from 'vitest';
import { bothCalendars, clock, dayText, dayTyped, inMonths, monthsSince, sunday, today, weekday, years } from './days';

test('a day is shown in the Japanese calendar, also where the eras meet', () => {
  const days: [string, string][] = [
    ['2021-09-30', '令和3年9月30日'],
    ['2019-05-01', '令和元年5月1日'],
    ['2019-04-30', '平成31年4月30日'],
    ['1989-01-07', '昭和64年1月7日'],
    ['1989-01-08', '平成元年1月8日'],
    ['1926-12-24', '大正15年12月24日'],
  ];
  for (const [day, shown] of days) expect(dayText(day, 'ja')).toBe(shown);
});

test('a day is shown as far as it is known', () => {
  expect(dayText('2021-09', 'ja')).toBe('令和3年9月');
  expect(dayText('2021', 'ja')).toBe('令和3年');
  expect(dayText('2019', 'ja')).toBe('平成31年・令和元年');
  expect(dayText('--09-30', 'ja')).toBe('9月30日');
  expect(dayText(null, 'ja')).toBe('');
  expect(dayText('2021-09-30', 'en')).toBe('30 Sept 2021');
  expect(dayText('2021-09', 'en')).toBe('Sept 2021');
  expect(dayText('2021', 'en')).toBe('2021');
});

test('eras, months and weekdays are those of the Unicode tables', () => {
  const zone = { timeZone: 'UTC' };
  const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { ...zone, era: 'long', year: 'numeric', month: 'long', day: 'numeric' });
  const english = new Intl.DateTimeFormat('en-GB', { ...zone, year: 'numeric', month: 'short', day: 'numeric' });
  const weekdays = (['ja', 'en'] as const).map((lang) => ({ lang, of: new Intl.DateTimeFormat(lang === 'ja' ? 'ja-JP' : 'en-GB', { ...zone, weekday: 'short' }) }));
  const [shown, wanted]: [string[], string[]] = [[], []];
  for (let at = Date.UTC(1873, 0, 1); at < Date.UTC(2101, 0, 1); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    shown.push([dayText(day, 'ja'), dayText(day, 'en'), ...weekdays.map(({ lang }) => weekday(day, lang))].join(' '));
    wanted.push([era.format(at), english.format(at), ...weekdays.map(({ of }) => of.format(at))].join(' '));
  }
  expect(shown).toEqual(wanted);
});

test('a day is offered for editing in a form that is read back as the same day', () => {
  expect(dayTyped('2021-09-30', 'ja')).toBe('令和3年9月30日');
  expect(dayTyped('2021-09-30', 'en')).toBe('2021/09/30');
  expect(dayTyped('2019', 'ja')).toBe('2019年');
  expect(dayTyped('2021-09', 'ja')).toBe('2021/09');
  expect(dayTyped('--09-30', 'en')).toBe('9月30日');
});

test('a day that was understood is said in both calendars, once where they are the same', () => {
  expect(bothCalendars('2026-11-20', '令和8年11月20日', 'ja')).toBe('令和8年11月20日（2026年11月20日）');
  expect(bothCalendars('2019', '平成31年・令和元年', 'ja')).toBe('平成31年・令和元年（2019年）');
  expect(bothCalendars('--11-20', '11月20日', 'ja')).toBe('11月20日');
  expect(bothCalendars('1870-01', '1870年1月', 'ja')).toBe('1870年1月');
  expect(bothCalendars('2026-11-20', '令和8年11月20日', 'en')).toBe('20 Nov 2026 (令和8年11月20日)');
});

test('months are counted whole', () => {
  expect(monthsSince('2026-08-21', '2026-11-20')).toBe(2);
  expect(monthsSince('2026-08-20', '2026-11-20')).toBe(3);
  expect(monthsSince('2027-01-01', '2026-11-20')).toBeNull();
  expect(monthsSince('--08-20', '2026-11-20')).toBeNull();
});

test('the clock and the calendar are those of this computer', () => {
  const now = new Date(2026, 10, 20, 9, 5);
  expect(clock(now)).toBe('9:05');
  expect(today(now)).toBe('2026-11-20');
  expect(years('2009-04-01', '2021')).toBe('2009–2021');
  expect(years(null, null)).toBe('');
});

test('months later is a day that exists, and a week ends on Sunday', () => {
  expect(inMonths('2026-11-21', 1)).toBe('2026-12-21');
  expect(inMonths('2026-11-30', 3)).toBe('2027-02-28');
  expect(inMonths('2028-02-29', -12)).toBe('2027-02-28');
  expect(inMonths('2026-01-31', 12)).toBe('2027-01-31');
  expect(sunday('2026-11-21')).toBe('2026-11-22');
  expect(sunday('2026-11-22')).toBe('2026-11-22');
  expect(sunday('2026-12-28')).toBe('2027-01-03');
});

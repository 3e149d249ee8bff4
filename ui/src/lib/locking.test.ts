import { beforeAll, expect, test, vi } from 'vitest';

let due: (typeof import('./locking'))['due'];
let minutesSet: (typeof import('./locking'))['minutesSet'];
beforeAll(async () => {
  vi.stubGlobal('sessionStorage', { getItem: () => null, removeItem: () => undefined });
  ({ due, minutesSet } = await import('./locking'));
});

const minute = 60_000;

test('nobody touched it for as long as was set', () => {
  const now = 1_000 * minute;
  expect(due(now, now - 5_000, now - 15 * minute, 15)).toBe('idle');
  expect(due(now, now - 5_000, now - 15 * minute + 1, 15)).toBe(null);
  expect(due(now, now - 5_000, now - 900 * minute, 0)).toBe(null);
});

test('a clock that jumped was asleep, whatever was set; a hidden window was not', () => {
  const now = 1_000 * minute;
  expect(due(now, now - 66_000, now, 0)).toBe('slept');
  expect(due(now, now + 2 * minute, now, 60)).toBe('slept');
  // Windows wakes a hidden page once a minute.
  expect(due(now, now - minute - 500, now - minute, 15)).toBe(null);
});

test('a quarter of an hour when nothing is set', () => {
  expect([minutesSet(''), minutesSet(undefined), minutesSet('0'), minutesSet('60')]).toEqual([15, 15, 0, 60]);
});

// When the register locks itself, and what the page remembers over a lock: nothing that stands in the register.

import type { Lang } from './days';

/** Why it was locked: by hand, because nobody touched it, or because the clock jumped, as after a sleep. */
export type Why = 'hand' | 'idle' | 'slept';

/** The minutes that are offered; 0 is never. */
export const minutesOffered = [5, 15, 30, 60, 0];
const USUAL_MINUTES = 15;

/** How often one looks. */
export const TICK_MS = 5_000;
/** A clock that jumped further than this was asleep, or was set. Hidden windows are woken once a minute only. */
const JUMP_MS = 60_000;

/** The minutes that were set. */
export const minutesSet = (set: string | undefined): number => (set ? Number(set) : USUAL_MINUTES);

/** Whether the register is to be locked, and why. Moments in milliseconds of the wall clock. */
export function due(now: number, looked: number, touched: number, minutes: number): Why | null {
  if (Math.abs(now - looked - TICK_MS) > JUMP_MS) return 'slept';
  return minutes > 0 && now - touched >= minutes * 60_000 ? 'idle' : null;
}

/** Calls back when the register is to be locked; answers how to stop looking. */
export function watch(minutes: () => number, lock: (why: Why) => void): () => void {
  let looked = Date.now();
  let touched = looked;
  const touch = () => (touched = Date.now());
  const hands = ['pointerdown', 'pointermove', 'wheel', 'keydown'] as const;
  for (const hand of hands) addEventListener(hand, touch, { capture: true, passive: true });
  const timer = setInterval(() => {
    const now = Date.now();
    const why = due(now, looked, touched, minutes());
    looked = now;
    if (!why) return;
    // Should it fail, it is tried again later.
    touch();
    lock(why);
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    for (const hand of hands) removeEventListener(hand, touch, { capture: true });
  };
}

/** What the page remembers when it is loaded anew after a lock. */
export interface Before {
  why: Why;
  lang: Lang;
  /** The size of text, in percent. */
  size: number;
  /** Who had opened it: the number in the key file. */
  user: number | null;
  /** Somebody in the sample wants to make the own company. */
  own: boolean;
}

const KEY = 'before';

/** Loads the page anew, so that nothing of the register stays in it. */
export function forget(before: Before): void {
  sessionStorage.setItem(KEY, JSON.stringify(before));
  location.reload();
}

function take(): Before | null {
  const text = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return text ? (JSON.parse(text) as Before) : null;
}

/** What was before the lock, when the page was loaded anew by one. */
export const before: Before | null = take();

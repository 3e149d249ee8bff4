import { expect, test } from 'vitest';
import { isImeKey } from './ime';

// Recorded in WebKitGTK 2.50 with a Japanese input method: わたなべ, converted, confirmed.
test('the first letter, the conversion and the confirming Enter belong to the input method', () => {
  expect(isImeKey({ key: 'Unidentified', keyCode: 229, isComposing: false })).toBe(true);
  expect(isImeKey({ key: 'Unidentified', keyCode: 229, isComposing: true })).toBe(true);
  expect(isImeKey({ key: 'Enter', keyCode: 13, isComposing: true })).toBe(true);
  expect(isImeKey({ key: 'Enter', keyCode: 229, isComposing: false })).toBe(true);
  expect(isImeKey({ key: 'Process', keyCode: 0, isComposing: false })).toBe(true);
});

test('an Enter after the confirming one is the writer’s own', () => {
  expect(isImeKey({ key: 'Enter', keyCode: 13, isComposing: false })).toBe(false);
  expect(isImeKey({ key: 'a', keyCode: 65, isComposing: false })).toBe(false);
});

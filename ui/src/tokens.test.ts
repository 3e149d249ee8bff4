import { expect, test } from 'vitest';
import tokens from './tokens.css?raw';

type Colours = Record<string, string>;

/** The colours of the block that begins with `opening`. */
function block(opening: string): Colours {
  const at = tokens.indexOf(`\n${opening} {`);
  expect(at, opening).toBeGreaterThan(-1);
  const body = tokens.slice(at, tokens.indexOf('\n}', at));
  return Object.fromEntries([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]));
}

const light = block(':root');
const dark = { ...light, ...block('@media (prefers-color-scheme: dark)') };
const strong = { ...light, ...block('@media (prefers-contrast: more)') };
const darkAndStrong = { ...dark, ...strong, ...block('@media (prefers-contrast: more) and (prefers-color-scheme: dark)') };
const schemes: [string, Colours][] = Object.entries({ light, dark, strong, darkAndStrong });

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright! + 0.05) / (dim! + 0.05);
}

const grounds = ['paper', 'rail', 'sheet'];
/** What is read on what. */
const read: [string, string[]][] = [
  ['ink', [...grounds, 'accent-soft', 'plain-soft', 'mark']],
  ['soft', [...grounds, 'accent-soft', 'plain-soft', 'mark']],
  ['accent', [...grounds, 'accent-soft', 'plain-soft', 'mark']],
  ['danger', [...grounds, 'danger-soft']],
  ['good', [...grounds, 'good-soft']],
  ['warn', [...grounds, 'warn-soft']],
  ['plain', [...grounds, 'plain-soft']],
  ['on-accent', ['accent', 'accent-deep']],
];
/** What is only seen: edges of fields, the ring of the keyboard. */
const seen: [string, string[]][] = [
  ['edge', grounds],
  ['accent', [...grounds, 'accent-soft']],
];

test('black on white has the greatest contrast there is', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

test.each(schemes)('every letter can be read on its ground: %s', (_, colours) => {
  for (const [text, on] of read) {
    for (const ground of on) {
      expect(contrast(colours[text]!, colours[ground]!), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test.each(schemes)('every edge and ring can be seen on its ground: %s', (_, colours) => {
  for (const [line, on] of seen) {
    for (const ground of on) {
      expect(contrast(colours[line]!, colours[ground]!), `${line} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  }
});

test('every scheme names every colour, and nothing but the tokens names one', () => {
  const names = Object.keys(light).sort();
  expect(names.length).toBeGreaterThan(15);
  for (const opening of ['@media (prefers-color-scheme: dark)', '@media (prefers-contrast: more)', '@media (prefers-contrast: more) and (prefers-color-scheme: dark)']) {
    expect(Object.keys(block(opening)).sort(), opening).toEqual(names);
  }
  const others: Record<string, string> = import.meta.glob(['./**/*.svelte', './base.css'], { query: '?raw', import: 'default', eager: true });
  expect(Object.keys(others).length).toBeGreaterThan(10);
  for (const [file, source] of Object.entries(others)) {
    expect(source, file).not.toMatch(/(?:color|background|border[\w-]*|outline):[^;\n]*(?:#[0-9a-f]{3,8}\b|\brgb|\bhsl)/);
  }
});

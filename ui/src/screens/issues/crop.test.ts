import { expect, test } from 'vitest';
import { LEAST, WHOLE, moved, shapeOf, shaped, sized, stretched, type Shape } from './crop';

const SHAPES: Shape[] = ['whole', '4:3', '3:2', '1:1', '3:4', 'free'];
const RATIOS = [0.3, 0.75, 1, 4 / 3, 1.5, 3];

test('a shape that was chosen is the shape that is seen', () => {
  for (const ratio of RATIOS) {
    for (const shape of ['4:3', '3:2', '1:1', '3:4'] as Shape[]) {
      const crop = shaped(WHOLE, shape, ratio);
      const seen = shapeOf(crop, ratio);
      // A picture of that very shape is shown whole.
      expect(seen === shape || (seen === 'whole' && crop.width === 1000)).toBe(true);
    }
  }
});

test('what is shown stays inside the picture, whatever is done to it', () => {
  for (const ratio of RATIOS) {
    for (const shape of SHAPES) {
      for (const percent of [0, 20, 63, 100]) {
        for (const [right, down] of [[-2000, 0], [0, 2000], [137, -41]] as const) {
          const crop = moved(sized(shaped(WHOLE, shape, ratio), shape, ratio, percent), right, down);
          for (const [from, size] of [[crop.left, crop.width], [crop.top, crop.height]] as const) {
            expect(Number.isInteger(from) && from >= 0 && size >= LEAST && from + size <= 1000).toBe(true);
          }
        }
      }
    }
  }
});

test('made smaller it keeps its middle and its shape', () => {
  const crop = moved(sized(shaped(WHOLE, '3:2', 4 / 3), '3:2', 4 / 3, 50), 100, 0);
  const smaller = sized(crop, '3:2', 4 / 3, 40);
  expect(shapeOf(smaller, 4 / 3)).toBe('3:2');
  expect(Math.abs(smaller.left + smaller.width / 2 - (crop.left + crop.width / 2))).toBeLessThan(2);
  expect(stretched(smaller, { width: 900 }).width).toBe(900);
});

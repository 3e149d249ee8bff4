// The part of a photo that is shown, in thousandths of its width and height as it is seen.

import type { PhotoCrop } from '../../gen/desk';

export const WHOLE: PhotoCrop = { left: 0, top: 0, width: 1000, height: 1000 };

/** Width by height; `free` has any. */
const RATIOS = { '4:3': 4 / 3, '3:2': 3 / 2, '1:1': 1, '3:4': 3 / 4 };
export type Shape = 'whole' | keyof typeof RATIOS | 'free';

/** The least of a side that is shown. */
export const LEAST = 100;
const clamp = (value: number, least: number, most: number) => Math.round(Math.min(Math.max(value, least), most));

/** The largest part of that shape in a picture `ratio` times as wide as high. */
function largest(shape: keyof typeof RATIOS, ratio: number): { width: number; height: number } {
  const wanted = RATIOS[shape] / ratio;
  return wanted > 1 ? { width: 1000, height: 1000 / wanted } : { width: 1000 * wanted, height: 1000 };
}

/** About the same middle, inside the picture. */
function about(crop: PhotoCrop, size: { width: number; height: number }): PhotoCrop {
  const [width, height] = [clamp(size.width, LEAST, 1000), clamp(size.height, LEAST, 1000)];
  return {
    left: clamp(crop.left + (crop.width - width) / 2, 0, 1000 - width),
    top: clamp(crop.top + (crop.height - height) / 2, 0, 1000 - height),
    width,
    height,
  };
}

export function shapeOf(crop: PhotoCrop, ratio: number): Shape {
  if (crop.width === 1000 && crop.height === 1000) return 'whole';
  const seen = (crop.width / crop.height) * ratio;
  const names = Object.keys(RATIOS) as (keyof typeof RATIOS)[];
  return names.find((name) => Math.abs(seen / RATIOS[name] - 1) < 0.012) ?? 'free';
}

/** The same in another shape, as large as it was where that is possible. */
export function shaped(crop: PhotoCrop, shape: Shape, ratio: number): PhotoCrop {
  if (shape === 'whole') return { ...WHOLE };
  if (shape === 'free') return about(crop, { width: Math.min(crop.width, 800), height: Math.min(crop.height, 800) });
  return about(crop, largest(shape, ratio));
}

/** How much of the largest part of its shape is shown, in percent. */
export const percentOf = (crop: PhotoCrop): number => Math.round(Math.max(crop.width, crop.height) / 10);

/** The same shape, larger or smaller. */
export function sized(crop: PhotoCrop, shape: Shape, ratio: number, percent: number): PhotoCrop {
  if (shape === 'whole' || shape === 'free') return crop;
  const most = largest(shape, ratio);
  const by = Math.max(percent / 100, LEAST / most.width, LEAST / most.height);
  return about(crop, { width: most.width * by, height: most.height * by });
}

/** Another width or height. */
export const stretched = (crop: PhotoCrop, size: { width?: number; height?: number }): PhotoCrop =>
  about(crop, { width: size.width ?? crop.width, height: size.height ?? crop.height });

/** Further right and down by so many thousandths. */
export const moved = (crop: PhotoCrop, right: number, down: number): PhotoCrop => ({
  ...crop,
  left: clamp(crop.left + right, 0, 1000 - crop.width),
  top: clamp(crop.top + down, 0, 1000 - crop.height),
});

// A card that is dragged by its handle to another place among the cards of a column.

/** So near an edge of the column, in CSS pixels, the cards move under the hand. */
const EDGE = 48;
const SPEED = 24;

/** Follows the hand. `over` hears before which card the dragged one would stand; `end`, whether it was let go there. */
export function drag(event: PointerEvent, column: HTMLElement, over: (to: number) => void, end: (dropped: boolean) => void): void {
  if (event.button !== 0) return;
  event.preventDefault();
  const grip = event.currentTarget as HTMLElement;
  grip.setPointerCapture(event.pointerId);
  const ends = new AbortController();
  const { signal } = ends;
  const finish = (dropped: boolean) => {
    ends.abort();
    end(dropped);
  };
  const move = ({ clientY }: PointerEvent) => {
    const cards = [...column.querySelectorAll('[data-article]')].map((card) => card.getBoundingClientRect());
    over(cards.filter(({ top, height }) => clientY > top + height / 2).length);
    const { top, bottom } = column.getBoundingClientRect();
    if (clientY < top + EDGE) column.scrollBy(0, -SPEED);
    if (clientY > bottom - EDGE) column.scrollBy(0, SPEED);
  };
  grip.addEventListener('pointermove', move, { signal });
  grip.addEventListener('pointerup', () => finish(true), { signal });
  grip.addEventListener('pointercancel', () => finish(false), { signal });
  window.addEventListener('keydown', ({ key }) => key === 'Escape' && finish(false), { signal });
}

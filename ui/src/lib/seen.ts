/** What opens below the edge of the window is brought into it. */
export const seen = (element: HTMLElement): void => element.scrollIntoView({ block: 'nearest' });

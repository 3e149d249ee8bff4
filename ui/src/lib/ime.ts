// Every key handler asks here first: a key that belongs to the input method must not act.

/** What of a key event decides. */
export type Stroke = Pick<KeyboardEvent, 'isComposing' | 'keyCode' | 'key'>;

/**
 * Whether a key press belongs to the input method. WebKitGTK reports such keys as 229 even outside a composition
 * (the first letter, and the Enter that confirms), so `isComposing` alone is not enough.
 */
export function isImeKey(stroke: Stroke): boolean {
  return stroke.isComposing || stroke.keyCode === 229 || stroke.key === 'Process' || stroke.key === 'Unidentified';
}

/** A key handler that does this work on an Enter of the writer's own. */
export function onEnter(work: () => Promise<void>) {
  return (event: KeyboardEvent) => {
    if (isImeKey(event) || event.key !== 'Enter') return;
    event.preventDefault();
    void work();
  };
}

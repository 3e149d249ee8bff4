// The furigana of a name while it is typed: the input method shows the kana before it turns them into kanji, so they
// need not be typed twice. What was not seen as kana is never guessed: a name pasted in has no reading.

/** A text and how it reads; `null` where nobody knows. */
interface Read {
  text: string;
  kana: string | null;
}

/** What of an event in a field of text decides. */
export interface Typing {
  type: string;
  /** `InputEvent.inputType`. */
  inputType?: string;
  /** Of a composition: its letters so far; of an input: what came in. */
  data?: string | null;
  isComposing?: boolean;
}

const KANA = /^[ぁ-ゖゝゞァ-ヺヽヾー・]*$/;

/** In full-width katakana, as the register keeps readings. */
export const katakana = (text: string) =>
  text.normalize('NFKC').replace(/[ぁ-ゖゝゞ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0x60));

/** The reading of letters still being composed; `null` once there are kanji among them. */
function readingOf(composed: string): string | null {
  // An n at the end is a ん whose next letter has not come; any other consonant is half a kana and says nothing yet.
  const kana = katakana(composed).replace(/n$/i, 'ン').replace(/[a-z]+$/i, '');
  return KANA.test(kana) ? kana : null;
}

/** Listens to one field of a name. */
export class Ear {
  /** What the field held whose reading is known, the latest last: taking letters away goes back to an earlier one. */
  #known: Read[];
  /** The reading of a word of which the end was taken away, to be typed anew with another kanji. */
  #cut: Read | null = null;
  /** The kana of the composition under way, as last shown. */
  #composed = '';
  /** The input method converts by itself while one types, so that not all of the kana are ever shown. */
  #hidden = false;

  /** Begins with what stands in the field: how that reads nobody has heard. */
  constructor(text = '') {
    this.#known = [{ text, kana: text ? null : '' }];
  }

  /** Takes an event of the field, which holds `value` now. Answers the reading of all of it when that has changed, `''` when it is not known. */
  hear(event: Typing, value: string): string | undefined {
    if (event.type === 'compositionstart') {
      this.#composed = '';
      this.#hidden = false;
    } else if (event.type === 'compositionupdate') {
      this.#compose(event.data ?? '');
    } else if (event.type === 'compositionend') {
      return this.#take(value, event.data ?? '', (!this.#hidden && this.#composed) || null);
    } else if (event.type === 'input' && !event.isComposing && !event.inputType?.includes('Composition')) {
      const typed = event.inputType === 'insertText' ? (event.data ?? '') : '';
      return this.#take(value, typed, KANA.test(typed) ? katakana(typed) : null);
    }
    return undefined;
  }

  #compose(composed: string) {
    const kana = readingOf(composed);
    if (kana !== null) this.#composed = kana;
    // A letter typed on behind kanji.
    else if (/[a-z]$/i.test(composed.normalize('NFKC'))) this.#hidden = true;
  }

  /** The field holds `value` now, and `typed` came in, which reads `kana`. */
  #take(value: string, typed: string, kana: string | null): string | undefined {
    const last = this.#known.at(-1)!;
    if (value === last.text) return undefined;
    const earlier = this.#known.findLastIndex((known) => known.text === value);
    if (value === '' || earlier >= 0) {
      // What was taken away word by word is known up to there.
      this.#known = value === '' ? [{ text: '', kana: '' }] : this.#known.slice(0, earlier + 1);
      this.#cut = null;
      return this.#known.at(-1)!.kana ?? '';
    }
    const read = this.#joined(value, typed, kana);
    if (read === undefined) return undefined;
    this.#known.push({ text: value, kana: read });
    return read ?? '';
  }

  #joined(value: string, typed: string, kana: string | null): string | null | undefined {
    const last = this.#known.at(-1)!;
    if (typed && value === typed) return kana;
    if (typed && value === last.text + typed && last.kana !== null && kana !== null) return last.kana + kana;
    if (typed && value === typed + last.text && last.kana !== null && kana !== null) return kana + last.kana;
    if (!typed && last.kana && last.text.startsWith(value)) {
      // 渡辺 without its 辺: perhaps only that kanji was wrong.
      this.#cut = { text: value, kana: last.kana };
      this.#known.push({ text: value, kana: null });
      return undefined;
    }
    const cut = this.#cut;
    this.#cut = null;
    const mended = cut?.kana && typed && value === cut.text + typed && kana !== null && cut.kana.endsWith(kana);
    return mended ? cut.kana : null;
  }
}

const EVENTS = ['compositionstart', 'compositionupdate', 'compositionend', 'input'] as const;

/** Tells the reading of what is typed into a field whenever it changes; `''` when it is not known. */
export function furigana(field: HTMLElement, tell: ((kana: string) => void) | undefined) {
  if (!tell || !(field instanceof HTMLInputElement)) return;
  let ear: Ear | undefined;
  const begin = () => void (ear ??= new Ear(field.value));
  const hear = (event: Event) => {
    ear ??= new Ear();
    const kana = ear.hear(event as Event & Typing, field.value);
    if (kana !== undefined) tell(kana);
  };
  field.addEventListener('focus', begin);
  for (const event of EVENTS) field.addEventListener(event, hear);
}

// Marks what was searched for in what was found. The program decides who is found, and says by which letters.

export interface Piece {
  text: string;
  hit: boolean;
}

/** Letters in the form in which names of screens are compared: width, case and kana do not matter. */
export function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
}

/** The text in pieces, what was found in it marked wherever it stands. */
export function pieces(text: string, found: string[]): Piece[] {
  const hits = new Set<number>();
  for (const letters of found.filter(Boolean)) {
    for (let at = text.indexOf(letters); at >= 0; at = text.indexOf(letters, at + 1)) {
      for (let hit = at; hit < at + letters.length; hit++) hits.add(hit);
    }
  }
  const out: Piece[] = [];
  for (let at = 0; at < text.length; at++) {
    const hit = hits.has(at);
    const last = out.at(-1);
    if (last && last.hit === hit) last.text += text[at];
    else out.push({ text: text[at]!, hit });
  }
  return out;
}

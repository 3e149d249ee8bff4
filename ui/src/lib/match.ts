// Marks what was searched for in what was found. The program decides who is found; this only shows where.

export interface Piece {
  text: string;
  hit: boolean;
}

/** Letters in the form in which they are compared: width, case and kana do not matter. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
}

/** The text in pieces, the words of the search marked whole. */
export function pieces(text: string, search: string): Piece[] {
  const letters = [...text];
  // Where each folded letter comes from, for one letter may fold into several (㈱ → (株)).
  const from = letters.flatMap((letter, at) => [...folded(letter)].map(() => at));
  const plain = letters.flatMap((letter) => [...folded(letter)]);
  const hits = new Set<number>();
  for (const word of folded(search).split(/\s+/).filter(Boolean).map((word) => [...word])) {
    for (let at = 0; at + word.length <= plain.length; at++) {
      if (word.every((letter, offset) => plain[at + offset] === letter)) {
        word.forEach((_, offset) => hits.add(from[at + offset]!));
      }
    }
  }
  const out: Piece[] = [];
  letters.forEach((letter, at) => {
    const hit = hits.has(at);
    const last = out.at(-1);
    if (last && last.hit === hit) last.text += letter;
    else out.push({ text: letter, hit });
  });
  return out;
}

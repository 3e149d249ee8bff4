// Reads the help, which is written as Markdown so that it can be read outside the program too: headings, paragraphs,
// lists, **strong** words and `exact` ones. Nothing else is in it; a test sees to that.

export interface Run {
  text: string;
  as: 'plain' | 'strong' | 'exact';
}

export interface Block {
  kind: 'paragraph' | 'steps' | 'points';
  /** The paragraph, or the entries of the list. */
  items: Run[][];
}

export interface Section {
  title: string;
  blocks: Block[];
}

function runs(text: string): Run[] {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).filter(Boolean).map((text): Run => {
    if (text.startsWith('**')) return { text: text.slice(2, -2), as: 'strong' };
    if (text.startsWith('`')) return { text: text.slice(1, -1), as: 'exact' };
    return { text, as: 'plain' };
  });
}

/** The title and the sections of a text. */
export function read(text: string): { title: string; sections: Section[] } {
  let title = '';
  const sections: Section[] = [];
  for (const line of text.split(/\r?\n/).filter(Boolean)) {
    const [, mark = '', rest = ''] = /^(#{1,2} |\d+\. |- |)(.*)$/.exec(line) ?? [];
    const blocks = sections.at(-1)?.blocks;
    if (mark === '# ') title = rest;
    else if (mark === '## ') sections.push({ title: rest, blocks: [] });
    else if (blocks) {
      const kind = mark === '- ' ? 'points' : mark ? 'steps' : 'paragraph';
      const last = blocks.at(-1);
      if (last && last.kind === kind && kind !== 'paragraph') last.items.push(runs(rest));
      else blocks.push({ kind, items: [runs(rest)] });
    }
  }
  return { title, sections };
}

/** All that a section says. */
export const said = ({ title, blocks }: Section): string =>
  [title, ...blocks.flatMap(({ items }) => items.map((item) => item.map(({ text }) => text).join('')))].join('\n');

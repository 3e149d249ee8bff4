// Words that tell of illness, debts or family trouble: where they stand, the page offers the seal. It only offers.

const words = [
  '病気|持病|難病|入院|通院|手術|癌|がん(?!ば)|うつ病|鬱|メンタル|精神科|心療内科|診断|障害者|障がい|認知症|依存症|透析|流産|不妊|休職',
  '借金|債務|破産|差押|差し押さえ|サラ金|闇金|滞納',
  '離婚|別居|家庭の事情|家庭内|親権|暴力|逮捕|前科|ハラスメント|パワハラ|セクハラ',
  '\\b(?:illness|ill with|hospital|surgery|cancer|depress\\w*|dementia|addict\\w*|debts?|bankrupt\\w*|divorce\\w*|harass\\w*|arrest\\w*)\\b',
].join('|');

/** Whether a text speaks of what not everybody should read. */
export const delicate = (text: string): boolean => new RegExp(words, 'iu').test(text);

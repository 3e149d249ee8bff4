// Finds what a person would find: visible things by their role and by what they are called.
// Answers the matching elements; with no role asked, a list of all that can be seen, for a failed test's report; with
// the role "keyboard", where the keyboard is and whether that can be seen.
const [wantedRole, wantedName] = arguments;

const TAGS = {
  A: 'link', BUTTON: 'button', SUMMARY: 'button', TEXTAREA: 'field', SELECT: 'choice', OPTION: 'option',
  H1: 'heading', H2: 'heading', H3: 'heading', H4: 'heading', LI: 'listitem', TR: 'row', TD: 'cell', TH: 'cell',
  DIALOG: 'dialog', IMG: 'image', NAV: 'navigation', MAIN: 'main',
};
const INPUTS = { checkbox: 'checkbox', radio: 'radio', button: 'button', submit: 'button', range: 'slider' };
const ROLES = {
  textbox: 'field', searchbox: 'field', combobox: 'field', columnheader: 'cell', gridcell: 'cell', img: 'image',
  alertdialog: 'dialog', switch: 'checkbox', menuitemcheckbox: 'menuitem', menuitemradio: 'menuitem',
};

const plain = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

function role(element) {
  const given = element.getAttribute('role');
  if (given) return ROLES[given] ?? given;
  if (element.tagName === 'INPUT') return INPUTS[element.type] ?? 'field';
  return TAGS[element.tagName] ?? (element.isContentEditable && !element.parentElement?.isContentEditable ? 'field' : '');
}

function name(element) {
  const ids = element.getAttribute('aria-labelledby');
  if (ids) return plain(ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent).join(' '));
  const label = element.getAttribute('aria-label') ?? element.getAttribute('alt');
  if (label) return plain(label);
  if (element.labels?.length) return plain([...element.labels].map((label) => spoken(label)).join(' '));
  const text = spoken(element);
  return text || plain(element.getAttribute('title') ?? element.getAttribute('placeholder') ?? element.value);
}

// The text of an element without what is hidden from readers and without the values of fields in it.
function spoken(element) {
  if (['SELECT', 'TEXTAREA'].includes(element.tagName)) return '';
  const parts = [...element.childNodes].map((child) => {
    if (child.nodeType === Node.TEXT_NODE) return child.textContent;
    if (child.nodeType !== Node.ELEMENT_NODE) return '';
    return child.getAttribute('aria-hidden') === 'true' ? '' : (child.getAttribute('aria-label') ?? spoken(child));
  });
  return plain(parts.join(' '));
}

if (wantedRole === 'keyboard') {
  const focused = document.activeElement;
  const box = focused.getBoundingClientRect();
  // A hidden box or button in a label is seen by its label.
  const rings = [focused, focused.closest('label')].filter(Boolean).map((element) => getComputedStyle(element));
  return {
    role: role(focused),
    name: name(focused),
    ringed: rings.some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
    inView: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
}

// What lies under an open dialog cannot be reached, so it is not found.
const modals = document.querySelectorAll('dialog:modal');
const root = modals.length ? modals[modals.length - 1] : document.body;
const seen = [root, ...root.querySelectorAll('*')].filter(
  (element) =>
    role(element) &&
    !element.closest('[inert], [aria-hidden="true"]') &&
    element.checkVisibility({ visibilityProperty: true }),
);

if (wantedRole === null) return seen.map((element) => `${role(element)} "${name(element).slice(0, 80)}"`);

const fitting = seen.filter((element) => role(element) === wantedRole);
const exact = fitting.filter((element) => name(element) === wantedName);
return exact.length ? exact : fitting.filter((element) => name(element).includes(wantedName));

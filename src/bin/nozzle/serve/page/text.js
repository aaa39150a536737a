// Elements and texts. Whatever a producer wrote goes through `addText`, and into text nodes only.

/** How many characters and lines of a text are shown unasked. */
const LONG_TEXT = 20_000;
const MANY_LINES = 8;

/** Markers of redaction; and characters that would not be seen, or would reorder what is. */
const SPECIAL = new RegExp(
  '(\\[REDACTED(?::[^\\]\\[\\s]{1,200})?\\])' +
  '|([\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e' +
  '\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]+)', 'g');

/** An element with attributes (a function is a listener) and children (strings become text). */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(key, value);
    else if (value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Adds a text with its redactions marked and its unseen characters shown. */
export function addText(parent, text) {
  return addPart(parent, text, Math.min(text.length, LONG_TEXT));
}

/** Adds a text as `addText` does, but only its first lines until more is asked for. */
export function addLines(parent, text) {
  let end = -1;
  for (let line = 0; line < MANY_LINES; line += 1) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) return addText(parent, text);
  }
  return addPart(parent, text, Math.min(end, LONG_TEXT));
}

function addPart(parent, text, end) {
  addMarked(parent, text.slice(0, end));
  if (end < text.length) {
    const rest = text.slice(end);
    const lines = rest.split('\n').length - 1;
    const size = lines > 0 ? `${count(lines)} more lines` : `${count(rest.length)} more characters`;
    const more = element('button', { type: 'button', class: 'more' }, `… ${size}`);
    more.addEventListener('click', () => {
      more.remove();
      addMarked(parent, rest);
    });
    parent.append(' ', more);
  }
  return parent;
}

function addMarked(parent, text) {
  let done = 0;
  for (const match of text.matchAll(SPECIAL)) {
    if (match.index > done) parent.append(text.slice(done, match.index));
    done = match.index + match[0].length;
    parent.append(match[1] ? secret(match[1]) : unseen(match[2]));
  }
  if (done < text.length) parent.append(text.slice(done));
}

/** A secret, or what stands in its place. */
export function secret(text, rule) {
  return element('mark', { title: rule ? `found by ${rule}` : 'redacted' }, text);
}

function unseen(text) {
  const names = Array.from(text.slice(0, 8), (character) => {
    const code = character.codePointAt(0);
    return code < 32 ? String.fromCodePoint(0x2400 + code)
      : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
  const rest = text.length > 8 ? ` and ${count(text.length - 8)} more` : '';
  return element('span', { class: 'unseen', title: 'not printable' }, names.join('') + rest);
}

/** A number with its thousands apart. */
export function count(number) {
  return number.toLocaleString('en-US');
}

/** A time of day with milliseconds, of this machine's zone. */
export function clock(milliseconds) {
  const time = new Date(milliseconds);
  if (Number.isNaN(time.getTime())) return '–';
  const part = (number, digits = 2) => String(number).padStart(digits, '0');
  return `${part(time.getHours())}:${part(time.getMinutes())}:${part(time.getSeconds())}` +
    `.${part(time.getMilliseconds(), 3)}`;
}

/** A date and time in UTC. */
export function utc(milliseconds) {
  const time = new Date(milliseconds);
  return Number.isNaN(time.getTime()) ? '–' : time.toISOString().replace('T', ' ');
}

/** How long ago something was. */
export function ago(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

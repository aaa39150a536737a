// One record: how it came, how it left, and its traceback.

import { addLines, addText, count, element, secret, utc } from './text.js';

/** How many fields of a document are shown. */
const MOST_VALUES = 5_000;
/** Below this depth a document is shown as JSON. */
const DEEPEST = 40;
const RELATIONS = new Map([
  ['cause', 'caused by'], ['context', 'while handling'], ['suppressed', 'suppressed'],
  ['member', 'member'],
]);

/** Draws an opened record into `place`. */
export function drawOpened(place, record, row, close) {
  const documents = record.documents.map(parse);
  const head = element('header', {},
    element('h2', {}, addText(element('span', { class: `level ${row?.level ?? ''}` }), row?.level ?? record.result),
      ' ', addText(element('span'), row?.error_type || row?.service || record.code || record.result)),
    element('button', { type: 'button', class: 'close', 'aria-label': 'Close', title: 'Close (Esc)', click: close }, '×'));
  const facts = element('dl', { class: 'facts' });
  for (const [name, value] of [
    ['record', `${count(record.number)} in ${record.stream}`],
    ['result', record.code ? `${record.result}: ${record.code}` : record.result],
    ['index', record.index],
    ['arrived', utc(record.arrived)],
    ['payload', `${count(record.size)} bytes`],
  ]) {
    if (value) facts.append(element('div', {}, element('dt', {}, name), addText(element('dd'), value)));
  }
  const tracebacks = documents.filter((document) => document.value?.traceback || document.value?.error)
    .map((document) => drawTraceback(document.value));
  const columns = element('div', { class: 'columns' },
    element('section', { 'aria-label': 'Before' }, drawBefore(record)),
    element('section', { 'aria-label': 'After' }, drawAfter(record, documents)));
  place.replaceChildren(head, facts, ...tracebacks, columns);
}

/** A document's JSON, its numbers as they were written. */
function parse(text) {
  try {
    const exact = (key, value, context) =>
      (typeof value === 'number' && context?.source ? { number: context.source, [EXACT]: true } : value);
    return { text, value: JSON.parse(text, exact) };
  } catch {
    return { text };
  }
}

const EXACT = Symbol('a number as it was written');
const plain = (value) => (value?.[EXACT] ? value.number : value);
const textOf = (value) => (typeof plain(value) === 'string' ? plain(value) : '');

function drawBefore(record) {
  const box = element('div', { class: 'before' }, element('h3', {}, 'Before',
    element('small', {}, record.revealed ? 'secrets as they came' : 'secrets replaced by their rule')));
  if (record.fault) box.append(addText(element('p', { class: 'fault' }), record.fault));
  record.logs.forEach((log, place) => {
    if (record.logs.length > 1) box.append(element('h4', {}, `log ${place + 1} of ${record.logs.length}`));
    const fields = element('dl', { class: 'fields' });
    for (const { path, pieces } of log.fields.slice(0, MOST_VALUES)) {
      const value = element('dd');
      for (const { text, rule } of pieces) {
        if (rule) value.append(secret(text, rule), element('small', { class: 'rule' }, rule));
        else if (pieces.length === 1) addLines(value, text);
        else addText(value, text);
      }
      fields.append(addText(element('dt'), path), value);
    }
    box.append(fields);
    if (log.secrets.length > 0) box.append(drawSecrets(log.secrets));
  });
  return box;
}

function drawSecrets(secrets) {
  const list = element('ul', { class: 'secrets' });
  for (const { rule, path, in_key: inKey, start, end, exemption } of secrets) {
    const item = element('li', {}, element('mark', {}, rule ?? 'exempt'), inKey ? ' in the key ' : ' in ');
    item.append(addText(element('code'), path), rule ? `, bytes ${start} to ${end}` : ', not searched');
    if (exemption) item.append(addText(element('span', { class: 'dim' }), `: left as it is: ${exemption}`));
    list.append(item);
  }
  return element('div', {}, element('h4', {}, secrets.length === 1 ? '1 secret' : `${secrets.length} secrets`), list);
}

function drawAfter(record, documents) {
  const box = element('div', { class: 'after' }, element('h3', {}, 'After',
    element('small', {}, documents.length > 0 ? 'as it is delivered' : 'no document')));
  if (record.masked) {
    box.append(element('p', { class: 'fault' },
      'It was delivered with its secrets: they are masked on this page only.'));
  }
  for (const { text, value } of documents) {
    const fields = element('dl', { class: 'fields' });
    if (value !== undefined) addFields(fields, value, '', 0);
    box.append(fields, fold('As JSON', (place) =>
      place.append(addText(element('pre'), value === undefined ? text : pretty(text)))));
  }
  return box;
}

/** Adds a row for each field, named by its dotted path. What the traceback shows is left out. */
function addFields(fields, value, path, depth) {
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value) && !value[EXACT];
  if (isObject && depth < DEEPEST && Object.keys(value).length > 0) {
    for (const [key, inner] of Object.entries(value)) {
      if (fields.childElementCount >= 2 * MOST_VALUES) return;
      const below = path === '' ? key : `${path}.${key}`;
      if (below !== 'traceback.exceptions' && below !== 'error.stack_trace') addFields(fields, inner, below, depth + 1);
    }
    return;
  }
  const text = Array.isArray(value) && value.every((inner) => typeof inner === 'string')
    ? value.join('\n') : typeof value === 'string' ? value : compact(value);
  fields.append(addText(element('dt'), path || '(document)'),
    addLines(element('dd', { class: typeof value === 'string' ? '' : 'scalar' }), text));
}

/** JSON on one line, its numbers as they were written. */
function compact(value) {
  if (value?.[EXACT]) return value.number;
  try {
    return JSON.stringify(value, (key, inner) => (inner?.[EXACT] ? Number(inner.number) : inner));
  } catch {
    return '…';
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Something that is drawn when it is opened. */
function fold(summary, draw) {
  const details = element('details', {}, element('summary', {}, summary));
  details.addEventListener('toggle', () => {
    if (details.childElementCount === 1) {
      const place = element('div');
      draw(place);
      details.append(place);
    }
  });
  return details;
}

function drawTraceback({ error, traceback }) {
  const box = element('section', { class: 'traceback', 'aria-label': 'Traceback' });
  const exceptions = Array.isArray(traceback?.exceptions) ? traceback.exceptions : [];
  for (const exception of exceptions) box.append(drawException(exception));
  if (exceptions.length === 0 && (error?.type || error?.message)) {
    box.append(drawException({ type: error.type, message: error.message, frames: [] }));
  }
  const stack = textOf(error?.stack_trace);
  if (stack) {
    box.append(fold(`The whole stack, ${count(stack.split('\n').length)} lines`,
      (place) => place.append(addText(element('pre'), stack))));
  }
  return box;
}

function drawException({ relation, type, message, frames }) {
  const head = element('h3');
  if (RELATIONS.has(relation)) head.append(element('small', {}, RELATIONS.get(relation)), ' ');
  head.append(addText(element('strong'), textOf(type) || 'error'));
  const text = textOf(message);
  const box = element('article', { class: 'exception' }, head);
  if (text) box.append(addText(element('p'), text));
  const list = element('ol', { class: 'frames' });
  let strange = [];
  const flush = () => {
    const frames = strange;
    strange = [];
    if (frames.length > 2) {
      list.append(element('li', {}, fold(`${frames.length} frames of libraries`,
        (place) => place.append(element('ol', { class: 'frames' }, ...frames.map(drawFrame))))));
    } else {
      list.append(...frames.map(drawFrame));
    }
  };
  for (const frame of (Array.isArray(frames) ? frames : []).slice(0, MOST_VALUES)) {
    if (frame?.in_app) {
      flush();
      list.append(drawFrame(frame));
    } else {
      strange.push(frame);
    }
  }
  flush();
  if (list.childElementCount > 0) box.append(list);
  return box;
}

function drawFrame(frame) {
  const item = element('li', { class: frame?.in_app ? 'frame own' : 'frame' });
  const place = element('div', { class: 'place' });
  const file = textOf(frame?.file) || textOf(frame?.module) || '?';
  const line = plain(frame?.line);
  addText(place, line === undefined || line === null ? file : `${file}:${line}`);
  if (textOf(frame?.function)) {
    place.append(element('span', { class: 'dim' }, ' in '), addText(element('b'), textOf(frame.function)));
  }
  item.append(place);
  if (textOf(frame?.code)) item.append(addText(element('code'), textOf(frame.code)));
  return item;
}

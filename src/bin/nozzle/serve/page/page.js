// The list of the last records: asks what is new, draws some hundred rows, and moves among them.

import { drawOpened } from './opened.js';
import { drawOverview } from './overview.js';
import { addText, clock, count, element, utc } from './text.js';

/** How often is asked for new rows, and for counts, in milliseconds. */
const FEED_PAUSE = 250;
const OVERVIEW_PAUSE = 1000;
/** How many rows are drawn while new ones come. */
const MOST_ROWS = 300;
const FIELDS = ['text', 'level', 'service', 'index', 'result', 'code', 'rule', 'fingerprint'];
/** These have no control of their own, and show as a chip. */
const CHIPS = ['code', 'rule', 'fingerprint'];

const byId = (id) => document.getElementById(id);
const [list, filters, opened, live, news, older, text] =
  ['list', 'filters', 'opened', 'live', 'news', 'older', 'text'].map(byId);
const sleep = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });

const filter = Object.fromEntries(FIELDS.map((field) => [field, '']));
/** The rows that are drawn, by their number. */
const rows = new Map();
let newest = 0;
let started = 0;
let turn = 0;
let waiting = 0;
let hasMore = false;
let isPaused = false;
let selected = null;
let isOpen = false;
let opening = new AbortController();

// --- asking

async function ask(path, fields = {}, signal = undefined) {
  const query = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ''));
  const answer = await fetch(`/page/${path}?${query}`, { signal });
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.json();
}

async function repeat(pause, work) {
  for (;;) {
    if (!document.hidden) {
      try {
        await work();
        complain('feed', null);
      } catch {
        complain('feed', 'nozzle serve does not answer. What is shown is what it said last.');
        await sleep(OVERVIEW_PAUSE);
      }
    }
    await sleep(pause);
  }
}

async function askFeed() {
  const asked = turn;
  const feed = await ask('feed', { ...filter, after: newest });
  if (asked !== turn) return;
  if (feed.started !== started) {
    const isFirst = started === 0;
    started = feed.started;
    if (!isFirst) {
      startAnew();
      return;
    }
  }
  const isFirst = newest === 0;
  newest = feed.latest;
  if (feed.latest === 0 && byId('empty').hidden) drawEmpty(feed.stream);
  byId('empty').hidden = feed.latest > 0;
  list.hidden = feed.latest === 0;
  if (isHeld() && !isFirst) {
    waiting += feed.rows.length;
    drawNews(feed.has_more);
  } else {
    if (isFirst || feed.has_more) {
      list.replaceChildren();
      rows.clear();
      hasMore = feed.has_more;
    }
    addRows(feed.rows, true);
    trim();
  }
  drawStatus(feed.held);
}

async function askOverview() {
  const overview = await ask('overview');
  offer('service', overview.services);
  offer('index', overview.indices);
  drawOverview(overview, filter, toggle);
}

/** Shows the newest rows that fit, and forgets what was drawn. */
function startAnew() {
  turn += 1;
  newest = 0;
  waiting = 0;
  hasMore = false;
  drawNews(false);
  list.replaceChildren();
  rows.clear();
  list.scrollTop = 0;
  select(null);
  askFeed().catch(() => {});
}

const complaints = new Map();
function complain(about, line) {
  if ((complaints.get(about) ?? null) === line) return;
  complaints.set(about, line);
  const lines = [...complaints.values()].filter(Boolean);
  byId('alarm').textContent = lines.join(' ');
  byId('alarm').hidden = lines.length === 0;
}

// --- the list

/** Whether the newest rows are out of sight: on a phone it is the page that scrolls. */
function isScrolled() {
  return list.scrollTop > 0 || scrollY > list.offsetTop;
}

/** Nothing may move under the eye of who reads. */
function isHeld() {
  return isPaused || selected !== null || isScrolled();
}

function addRows(added, atTop) {
  const fragment = document.createDocumentFragment();
  for (const row of added) {
    if (rows.has(row.number)) continue;
    rows.set(row.number, row);
    fragment.append(drawRow(row));
  }
  if (atTop) list.prepend(fragment);
  else list.append(fragment);
}

function trim() {
  while (list.childElementCount > MOST_ROWS) {
    rows.delete(Number(list.lastElementChild.dataset.number));
    list.lastElementChild.remove();
    hasMore = true;
  }
  older.hidden = !hasMore;
}

function drawRow(row) {
  const item = element('li', { role: 'option', id: `row-${row.number}`, 'data-number': row.number, 'aria-selected': 'false' });
  const level = row.code ? 'failed' : row.level ?? '';
  item.classList.add(row.result === 'Dropped' ? 'dropped' : `is-${level || 'none'}`);
  const what = element('span', { class: 'what' });
  if (row.error_type) what.append(addText(element('b'), row.error_type), ' ');
  if (row.code) what.append(addText(element('b'), row.code), ' ');
  const message = row.message || (row.result === 'Dropped' ? 'dropped: it holds no log, or its logs were sent on' : '');
  addText(what, row.message.startsWith(`${row.error_type}: `) && row.error_type
    ? message.slice(row.error_type.length + 2) : message);
  if (row.culprit) what.append(' ', addText(element('code'), row.culprit));
  item.append(
    element('time', { title: utc(row.time) }, clock(row.time)),
    element('span', { class: 'level' }, level || (row.result === 'Dropped' ? 'dropped' : '–')),
    addText(element('span', { class: 'service' }), row.service || '–'),
    what,
    row.masked
      ? element('span', { class: 'redacted fault', title: 'masked on this page only' }, 'secrets delivered')
      : element('span', { class: 'redacted', title: 'rules that found a secret' }, row.redactions ? `${row.redactions} redacted` : ''),
    addText(element('span', { class: 'index' }), row.index));
  return item;
}

function drawStatus(held) {
  const isFiltered = FIELDS.some((field) => filter[field] !== '');
  const shown = `${count(rows.size)}${hasMore ? '+' : ''}`;
  byId('status').textContent = isFiltered
    ? (rows.size === 0 ? `None of the last ${count(held)} records fits.` : `${shown} of the last ${count(held)} records fit`)
    : `${count(rows.size)} of ${count(held)} records`;
}

function drawNews(isMore) {
  news.hidden = waiting === 0;
  news.textContent = `↑ ${count(waiting)}${isMore ? '+' : ''} new`;
  const state = isPaused ? 'paused' : waiting > 0 || selected !== null || isScrolled() ? 'held' : 'live';
  live.lastElementChild.textContent = state;
  live.setAttribute('aria-pressed', String(!isPaused));
  live.className = state;
}

async function showOlder() {
  const last = Number(list.lastElementChild?.dataset.number);
  if (!last) return;
  const asked = turn;
  const feed = await ask('feed', { ...filter, before: last });
  if (asked !== turn) return;
  hasMore = feed.has_more;
  addRows(feed.rows, false);
  older.hidden = !hasMore;
  drawStatus(feed.held);
}

// --- moving and opening

function select(number) {
  const old = selected === null ? null : byId(`row-${selected}`);
  old?.setAttribute('aria-selected', 'false');
  selected = number;
  const row = number === null ? null : byId(`row-${number}`);
  row?.setAttribute('aria-selected', 'true');
  row?.scrollIntoView({ block: 'nearest' });
  if (row) list.setAttribute('aria-activedescendant', row.id);
  else list.removeAttribute('aria-activedescendant');
  drawNews(false);
}

function move(step) {
  const current = selected === null ? null : byId(`row-${selected}`);
  const next = current
    ? (step > 0 ? current.nextElementSibling : current.previousElementSibling)
    : list.firstElementChild;
  if (!next) return;
  select(Number(next.dataset.number));
  if (isOpen) open();
}

async function open() {
  if (selected === null) return;
  const number = selected;
  opening.abort();
  opening = new AbortController();
  isOpen = true;
  document.body.classList.add('is-open');
  opened.hidden = false;
  try {
    const record = await ask(`records/${number}`, {}, opening.signal);
    if (selected !== number || !isOpen) return;
    drawOpened(opened, record, rows.get(number), close);
    opened.scrollTop = 0;
    opened.dataset.number = number;
    // There the keys scroll, and a screen reader begins to read; j and k go on.
    if (!opened.contains(document.activeElement)) opened.focus({ preventScroll: true });
  } catch (error) {
    if (error.name === 'AbortError') return;
    opened.replaceChildren(element('p', { class: 'fault' }, error.message));
  }
  byId(`row-${number}`)?.scrollIntoView({ block: 'nearest' });
}

function close() {
  opening.abort();
  isOpen = false;
  document.body.classList.remove('is-open');
  opened.hidden = true;
  opened.replaceChildren();
  list.focus();
}

function goOn() {
  isPaused = false;
  if (isOpen) close();
  startAnew();
}

function escape() {
  if (isOpen) close();
  else if (document.activeElement === text && text.value !== '') change('text', '');
  else if (selected !== null || isScrolled()) goOn();
  list.focus();
}

// --- filters

function change(field, value) {
  filter[field] = value;
  drawFilters();
  history.replaceState(null, '', `#${new URLSearchParams(
    Object.entries(filter).filter(([, chosen]) => chosen !== ''))}`);
  if (isOpen) close();
  startAnew();
}

function toggle(field, value) {
  change(field, filter[field] === value ? '' : value);
  askOverview().catch(() => {});
}

function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  for (const field of FIELDS) filter[field] = said.get(field) ?? '';
  drawFilters();
}

function drawFilters() {
  for (const control of filters.elements) {
    if (!FIELDS.includes(control.name)) continue;
    if (control.tagName === 'SELECT') offerOne(control, filter[control.name]);
    if (control.value !== filter[control.name]) control.value = filter[control.name];
  }
  byId('chips').replaceChildren(...CHIPS.filter((field) => filter[field] !== '').map((field) =>
    addText(element('button', { type: 'button', title: 'Filter by this no more', click: () => toggle(field, '') }),
      `${field} ${filter[field]} ×`)));
}

/** Adds names to a choice. Names stay: a choice that is open must not change under the finger. */
function offer(field, names) {
  for (const name of Object.keys(names)) offerOne(filters.elements[field], name);
}

function offerOne(choice, name) {
  if (name === '' || Array.from(choice.options).some((option) => option.value === name)) return;
  choice.append(addText(element('option', { value: name }), name));
}

function drawEmpty(stream) {
  const origin = location.origin;
  byId('empty').replaceChildren(
    element('h2', {}, 'No record yet'),
    element('p', {}, 'Send the first one, from another terminal or from your program:'),
    element('pre', {}, [
      'export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=us-east-1',
      `aws firehose put-record --endpoint-url ${origin} --delivery-stream-name ${stream} \\`,
      '  --cli-binary-format raw-in-base64-out \\',
      '  --record \'{"Data": "{\\"level\\": \\"error\\", \\"message\\": \\"hello\\", \\"password\\": \\"hunter2\\"}"}\'',
    ].join('\n')),
    element('pre', {}, [
      'import boto3, json',
      `firehose = boto3.client("firehose", endpoint_url="${origin}", region_name="us-east-1",`,
      '                        aws_access_key_id="local", aws_secret_access_key="local")',
      `firehose.put_record(DeliveryStreamName="${stream}",`,
      '                    Record={"Data": json.dumps({"level": "error", "message": "hello"})})',
    ].join('\n')),
    element('p', { class: 'dim' }, 'It shows here as soon as the stream has delivered it.'));
}

// --- hands

let typing = 0;
filters.addEventListener('submit', (event) => event.preventDefault());
filters.addEventListener('input', ({ target }) => {
  clearTimeout(typing);
  typing = setTimeout(() => change(target.name, target.value), target === text ? 150 : 0);
});
list.addEventListener('click', ({ target }) => {
  const row = target.closest('[role=option]');
  // Who marks a text to copy it does not want to open it.
  if (!row || getSelection().toString() !== '') return;
  select(Number(row.dataset.number));
  open();
});
list.addEventListener('scroll', () => { if (waiting === 0) drawNews(false); }, { passive: true });
news.addEventListener('click', goOn);
older.addEventListener('click', () => showOlder().catch(() => {}));
live.addEventListener('click', pause);
window.addEventListener('hashchange', () => { readAddress(); startAnew(); });

function pause() {
  if (isPaused || selected !== null || waiting > 0) goOn();
  else {
    isPaused = true;
    drawNews(false);
  }
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { target } = event;
  if (event.key === 'Escape') escape();
  else if (target.matches('input, select, textarea')) {
    if (event.key === 'Enter' && target === text) list.focus();
    return;
  } else if (event.key === '/') text.select();
  else if (event.key === 'j' || (event.key === 'ArrowDown' && target === list)) move(1);
  else if (event.key === 'k' || (event.key === 'ArrowUp' && target === list)) move(-1);
  else if (event.key === 'Enter' && !isOpen && !target.matches('button, summary')) open();
  else if (event.key === 'p') pause();
  else return;
  event.preventDefault();
});

readAddress();
drawNews(false);
repeat(FEED_PAUSE, askFeed);
repeat(OVERVIEW_PAUSE, askOverview);

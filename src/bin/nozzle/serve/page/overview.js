// What is counted: how many in a second, what fails, what was redacted.

import { addText, ago, count, element } from './text.js';

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 40;
/** How many rows a list of the overview has at most. */
const MOST_ROWS = 30;

const byId = (id) => document.getElementById(id);

/** Draws the overview. `filter` says what is filtered by, `toggle(name, value)` changes it. */
export function drawOverview(overview, filter, toggle) {
  drawRate(overview);
  drawResults(overview, filter, toggle);
  drawFailures(overview, filter, toggle);
  drawRules(overview, filter, toggle);
}

function drawRate({ seconds }) {
  const all = seconds.map(({ ok, dropped, failed }) => ok + dropped + failed);
  const bad = seconds.map(({ errors, failed }) => errors + failed);
  const sum = (numbers) => numbers.slice(-60).reduce((a, b) => a + b, 0);
  const peak = Math.max(...all);
  const label = `${count(sum(all))} in the last minute, ${count(sum(bad))} bad, peak ${count(peak)}/s`;
  byId('rate').textContent = `peak ${count(peak)}/s`;
  byId('spark').replaceChildren(
    chart(seconds.length, peak, `Records per second: ${label}`, [[all, 'all'], [bad, 'bad']]),
    element('p', {}, element('span', {}, '5 min ago'),
      element('span', {}, `${count(sum(all))} in the last minute`), element('span', {}, 'now')));
}

/** A chart of steps: each row of numbers is an area above the base. */
function chart(width, peak, label, rows) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  for (const [numbers, kind] of rows) {
    const path = document.createElementNS(SVG, 'path');
    const height = (number) => (number === 0 ? 0 : Math.max(1.5, number / peak * (HEIGHT - 2)));
    const steps = numbers.map((number) => `V${(HEIGHT - height(number)).toFixed(1)}h1`);
    path.setAttribute('d', `M0 ${HEIGHT}${steps.join('')}V${HEIGHT}z`);
    path.setAttribute('class', kind);
    svg.append(path);
  }
  return svg;
}

function drawResults({ total }, filter, toggle) {
  const rows = [
    ['ok', 'Ok', total.ok, 'result', 'Ok'],
    ['errors', 'errors', total.errors, 'level', 'error'],
    ['failed', 'failed', total.failed, 'result', 'ProcessingFailed'],
    ['dropped', 'dropped', total.dropped, 'result', 'Dropped'],
  ];
  keep(byId('results'), rows, ([kind]) => kind, ([kind]) => element('button',
    { type: 'button', class: `number ${kind}` }, element('b'), element('span')),
  (button, [, name, number, field, value]) => {
    button.firstChild.textContent = count(number);
    button.lastChild.textContent = name;
    button.classList.toggle('none', number === 0);
    press(button, filter, toggle, field, value);
  });
}

function drawFailures({ codes, groups, now }, filter, toggle) {
  const failed = Object.entries(codes).sort((a, b) => b[1] - a[1])
    .map(([code, number]) => ({ key: `code ${code}`, code, number }));
  const errors = groups.map((group) => ({ key: `group ${group.fingerprint}`, group }));
  const rows = [...failed, ...errors].slice(0, MOST_ROWS);
  byId('failing').textContent = rows.length === 0 ? '' : `${rows.length} kinds`;
  keep(byId('failures'), rows, ({ key }) => key, failureRow, (item, row) => {
    const [button] = item.children;
    const [number, body, spark] = button.children;
    if (row.group) {
      number.textContent = count(row.group.count);
      const minute = row.group.recent.slice(-6).reduce((a, b) => a + b, 0);
      body.lastChild.textContent = [row.group.service, ago(now - row.group.last),
        minute > 0 ? `${count(minute)}/min` : ''].filter(Boolean).join(' · ');
      const peak = Math.max(1, ...row.group.recent);
      spark.replaceChildren(chart(row.group.recent.length, peak,
        `${count(row.group.recent.reduce((a, b) => a + b, 0))} in the last 5 minutes`,
        [[row.group.recent, 'bad']]));
      press(button, filter, toggle, 'fingerprint', row.group.fingerprint);
    } else {
      number.textContent = count(row.number);
      press(button, filter, toggle, 'code', row.code);
    }
  });
  empty(byId('failures'), rows, 'Nothing so far.');
}

function failureRow({ group, code }) {
  const body = element('span', { class: 'body' });
  body.append(addText(element('strong'), group ? group.error_type || (group.culprit ? 'error' : group.fingerprint) : code));
  const place = group ? group.culprit || 'no traceback' : 'not transformed';
  body.append(addText(element(group?.culprit ? 'code' : 'small'), place));
  body.append(element('small', {}, group ? '' : 'kept among the failed records'));
  const button = element('button', { type: 'button', title: 'Show only these' },
    element('b'), body, element('span', { class: 'spark' }));
  return element('li', {}, button);
}

function drawRules({ rules }, filter, toggle) {
  const rows = Object.entries(rules).sort((a, b) => b[1] - a[1]).slice(0, MOST_ROWS);
  keep(byId('rules'), rows, ([rule]) => rule, ([rule]) => element('li', {},
    element('button', { type: 'button', title: 'Show only these' }, element('b'),
      addText(element('span', { class: 'body' }), rule))),
  (item, [rule, number]) => {
    const [button] = item.children;
    button.firstChild.textContent = count(number);
    press(button, filter, toggle, 'rule', rule);
  });
  empty(byId('rules'), rows, 'No secret so far.');
}

function press(button, filter, toggle, field, value) {
  button.setAttribute('aria-pressed', String(filter[field] === value));
  button.onclick = () => toggle(field, value);
}

function empty(list, rows, text) {
  if (rows.length === 0) list.replaceChildren(element('li', { class: 'none' }, text));
}

/** Makes the children of `parent` those of `rows`, in their order. What is there already stays, so
    that neither focus nor a click in progress is lost. */
function keep(parent, rows, key, make, update) {
  const old = new Map(Array.from(parent.children, (child) => [child.dataset.key, child]));
  const wanted = rows.map((row) => {
    const name = key(row);
    const child = old.get(name) ?? make(row);
    child.dataset.key = name;
    update(child, row);
    return child;
  });
  const stays = new Set(wanted);
  for (const child of old.values()) if (!stays.has(child)) child.remove();
  wanted.forEach((child, place) => {
    if (parent.children[place] !== child) parent.insertBefore(child, parent.children[place] ?? null);
  });
}

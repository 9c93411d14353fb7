// Draws cards. All text goes in as text: nothing anybody wrote becomes markup.

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

const ACTIONS = { '+': 'create', '~': 'update', '±': 'replace', '-': 'delete', '!': 'call', '?': 'read', '=': 'no-op' };
const TASKS = { waiting: '·', running: '▸', delayed: '…', done: '✓', failed: '✗', skipped: '–', unknown: '?' };
export const EMOJI = { '+1': '👍', '-1': '👎', eyes: '👀', white_check_mark: '✅', x: '❌', hourglass: '⏳', warning: '⚠️' };

/** Whether the machine has a font for a picture sign; without one it would be an empty box. */
export function drawable(sign) {
  const pen = document.createElement('canvas').getContext('2d');
  return pen.measureText(sign).width !== pen.measureText('\u{10FFFE}').width;
}

const size = (bytes) => bytes < 1024 ? bytes + ' bytes' : (bytes / 1024).toFixed(1) + ' KB';

function safeLink(url) {
  return /^(https?:\/\/|\/|api\/|#)/.test(url) ? url : '#';
}

/** What stands between backticks is to be typed: it is drawn so. */
function plain(text) {
  const all = document.createDocumentFragment();
  text.split(/(`[^`\n]+`)/).forEach((one) => all.append(/^`.+`$/.test(one) ? make('code', {}, one.slice(1, -1)) : one));
  return all;
}

function prose(part) {
  switch (part.kind) {
    case 'Plain': return plain(part.text);
    case 'Bold': return make('b', {}, part.text);
    case 'Mono': return make('code', {}, part.text);
    case 'Link': return make('a', { href: safeLink(part.url), rel: 'noreferrer noopener' }, part.label);
    case 'Mention': return make('b', {}, '@' + part.person.id);
    case 'Time': return make('time', { datetime: part.at, title: part.at }, new Date(part.at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }));
    case 'Run': {
      const all = document.createDocumentFragment();
      part.parts.forEach((one) => all.append(prose(one)));
      return all;
    }
    default: return document.createTextNode('');
  }
}

const more = (count) => count > 0 ? make('p', { class: 'note' }, `and ${count} more`) : null;

const PARTS = {
  Text: (part) => make('p', {}, prose(part.prose)),
  Note: (part) => make('p', { class: 'note' }, prose(part.prose)),
  Facts: (part) => make('dl', { class: 'facts' },
    ...part.facts.flatMap((fact) => [make('dt', {}, fact.label), make('dd', {}, prose(fact.value))])),
  Table: (part) => make('div', {}, table(part.columns, part.rows), more(part.more)),
  Changes: (part) => make('div', {}, make('ul', { class: 'lines' }, ...part.lines.map((line) => make('li', {},
    make('span', { class: 'sign ' + (ACTIONS[line.sign] || ''), title: ACTIONS[line.sign] || '' }, line.sign),
    make('b', {}, line.name), ' ', make('span', { class: 'soft' }, line.type), line.detail ? ' — ' + line.detail : ''))), more(part.more)),
  Tasks: (part) => make('div', {}, make('ul', { class: 'lines' }, ...part.tasks.map((task) => make('li', { class: 'task ' + task.state },
    make('span', { class: 'sign ' + ({ done: 'create', failed: 'delete', running: 'update' }[task.state] || ''), 'aria-hidden': 'true' }, TASKS[task.state] || '·'),
    task.name, ' ', make('span', { class: 'soft' }, [task.state, task.detail].filter(Boolean).join(': '))))), more(part.more)),
  Findings: (part) => make('div', {}, ...part.lines.map((line) => make('div', { class: 'finding ' + line.severity.toLowerCase() },
    make('div', {}, make('b', {}, line.rule), ` ${line.severity.toLowerCase()} · ${line.enforcement.toLowerCase()}`, line.where ? make('span', { class: 'soft' }, ' · ' + line.where) : null),
    make('div', {}, line.message), make('div', { class: 'soft' }, line.remedy ? '→ ' + line.remedy : ''))), more(part.more)),
  Bars: (part) => make('div', {}, make('h3', {}, part.title), ...part.bars.map((bar) => make('div', { class: 'bar' },
    make('span', { class: 'label', title: bar.label }, bar.label), make('progress', { max: 1, value: bar.share, 'aria-label': bar.label }), make('span', {}, bar.value)))),
  Image: (part) => make('a', { class: 'scroll', href: safeLink(part.url), target: '_blank', rel: 'noreferrer noopener' }, make('img', { class: 'picture', src: part.url, alt: part.alt })),
  Code: (part) => make('pre', { tabindex: 0 }, part.text),
  Link: (part) => make('p', {}, make('a', { href: safeLink(part.url), rel: 'noreferrer noopener' }, part.label)),
  Attached: (part) => make('p', {}, make('a', { href: safeLink(part.url), download: part.name }, part.name), make('span', { class: 'soft' }, ' ' + size(part.size))),
};

export function table(columns, rows) {
  return make('div', { class: 'scroll' }, make('table', {},
    make('thead', {}, make('tr', {}, ...columns.map((column) => make('th', { scope: 'col' }, column)))),
    make('tbody', {}, ...rows.map((row) => make('tr', {}, ...row.map((cell) => make('td', {}, cell ?? '')))))));
}

export function card(data, press) {
  const tone = data.tone.toLowerCase();
  const node = make('article', { class: `card ${tone} ${data.stage.toLowerCase()}`, 'aria-label': data.fallback },
    data.title ? make('h2', {}, data.title) : null,
    ...data.parts.map((part) => (PARTS[part.kind] || (() => null))(part)));
  if (data.buttons.length && press) {
    node.append(make('div', { class: 'buttons' }, ...data.buttons.map((button) =>
      make('button', { class: button.style.toLowerCase(), onclick: (event) => press(button, event.currentTarget) }, button.label))));
  }
  return node;
}

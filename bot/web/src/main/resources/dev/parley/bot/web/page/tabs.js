import { make, table } from './cards.js';

export async function get(path) {
  const answer = await fetch('api/' + path, { headers: { 'X-Parley': '1' } });
  const body = await answer.json().catch(() => ({ error: answer.statusText }));
  if (!answer.ok) throw new Error(body.error || answer.statusText);
  return body;
}

const amount = (money) => new Intl.NumberFormat([], { style: 'currency', currency: money.currency }).format(money.amount);
const SIGNS = { Create: '+', Update: '~', Replace: '±', Delete: '-', Read: '?', NoOp: '=', Call: '!' };

// --- plans

async function plans(panel) {
  const [{ plans: all }, { runs }] = await Promise.all([get('plans'), get('runs')]);
  if (!all.length) { panel.replaceChildren(make('p', { class: 'empty' }, 'No plan yet. Ask for something under Talk.')); return; }
  const detail = make('div', {});
  const rows = all.map((plan) => [
    make('button', { class: 'link', onclick: () => one(detail, plan.id).then(() => detail.scrollIntoView()) }, plan.id), plan.title, `v${plan.revision}`, plan.state.toLowerCase(),
    plan.changes, amount(plan.monthly), plan.requester]);
  panel.replaceChildren(make('h2', {}, 'Plans'), table(['Plan', 'What', '', 'State', 'Changes', 'Per month', 'Asked by'], rows), detail,
    make('h2', {}, 'Runs'), runs.length ? table(['Run', 'Plan', 'State', 'Steps', 'Receipt', ''], runs.map((run) => [run.id, run.plan, run.state,
      Object.entries(run.steps).map(([state, count]) => `${count} ${state}`).join(', '),
      make('a', { href: 'api/receipts/' + encodeURIComponent(run.receipt), download: run.receipt + '.json' }, run.receipt), run.message])) : make('p', { class: 'note' }, 'None yet.'),
    make('p', { class: 'note' }, 'Verify a receipt with ', make('code', {}, 'parley receipt verify FILE'), '; the public key is ', make('a', { href: 'api/key', download: 'parley-key.json' }, 'here'), '.'));
  await one(detail, all[0].id);
}

async function one(panel, id) {
  const proposal = await get('plans/' + encodeURIComponent(id));
  const plan = proposal.plan;
  const blob = URL.createObjectURL(new Blob([JSON.stringify(proposal, null, 2)], { type: 'application/json' }));
  panel.replaceChildren(...[
    make('h2', {}, `${plan.id} v${plan.revision}: ${plan.title}`),
    make('p', {}, 'Digest ', make('code', {}, proposal.digest), ' ', make('a', { href: blob, download: plan.id + '.json' }, 'JSON')),
    plan.changes.filter((change) => SIGNS[change.kind] !== '=').length > 1
      ? make('div', { class: 'scroll', tabindex: 0 }, make('img', { class: 'picture', src: 'api/pictures/' + encodeURIComponent(plan.id), alt: `Plan ${plan.id} as a graph` })) : null,
    table(['', 'Name', 'Type', 'Account', 'Region'], plan.changes.map((change) => {
      const [account, ...rest] = change.at.split('/');
      return [SIGNS[change.kind] ?? '', properties(rest.at(-1), change), rest.slice(0, -1).join('/'), account, change.region];
    })),
    make('h3', {}, 'Cost per month'),
    table(['What', 'Quantity', 'Each', 'Per month', 'Confidence', 'Source'], proposal.estimate.lines.map((line) => [
      `${line.at.split('/').at(-1)}: ${line.what}`, `${line.quantity} ${line.unit}`, line.each ? `${line.each.amount} ${line.each.currency}` : '',
      line.monthly ? amount(line.monthly) : 'unpriced', line.confidence.toLowerCase(), [line.source, line.asOf, line.note].filter(Boolean).join(' · ')])),
    make('h3', {}, 'Findings'),
    proposal.verdict.findings.length ? table(['Rule', 'Severity', 'Effect', 'Where', 'What', 'Remedy'], proposal.verdict.findings.map((finding) => [
      finding.rule, finding.severity.toLowerCase(), finding.waiver ? 'waived' : finding.enforcement.toLowerCase(), [finding.address?.split('/').at(-1), finding.path].filter(Boolean).join(' '), finding.message, finding.remedy]))
      : make('p', { class: 'note' }, 'None.'),
  ].filter(Boolean));
}

/** A change's name; what it sets, and what was there before, unfolds below it. */
function properties(name, change) {
  const was = leaves(change.was), now = leaves(change.desired ?? change.now ?? change.input);
  const keys = [...new Set([...was.keys(), ...now.keys()])].filter((key) => was.get(key) !== now.get(key)).sort();
  if (!keys.length) return name;
  const line = (key) => !was.has(key) ? ['+', `${key}: ${now.get(key)}`] : !now.has(key) ? ['-', `${key}: ${was.get(key)}`] : ['~', `${key}: ${was.get(key)} → ${now.get(key)}`];
  return make('details', {}, make('summary', {}, name), make('pre', { tabindex: 0 }, keys.map((key) => line(key).join(' ')).join('\n')));
}

function leaves(value, at = '', into = new Map()) {
  if (value === undefined) return into;
  if (Array.isArray(value) && value.length && value.every((one) => one?.Key !== undefined && one.Value !== undefined)) {
    value.forEach((one) => into.set(`${at} ${one.Key}`, JSON.stringify(one.Value)));
  } else if (value !== null && typeof value === 'object' && Object.keys(value).length && !('$ref' in value)) {
    Object.entries(value).forEach(([name, one]) => leaves(one, `${at}/${name}`, into));
  } else into.set(at, value?.$ref ?? JSON.stringify(value));
  return into;
}

// --- resource map

async function map(panel) {
  const asOf = panel.dataset.asOf ?? '';
  const when = make('input', { type: 'datetime-local', 'aria-label': 'As of', step: 1 });
  if (asOf) when.value = asOf;
  when.addEventListener('change', () => { panel.dataset.asOf = when.value; map(panel); });
  const query = when.value ? '?asOf=' + encodeURIComponent(new Date(when.value).toISOString().replace(/\.\d+Z$/, 'Z')) : '';
  const { nodes, edges, complete, asOf: at } = await get('map' + query);
  panel.replaceChildren(make('h2', {}, 'Resources and what they depend on'),
    make('div', { class: 'toolbar' }, make('label', {}, 'As of ', when), make('button', { onclick: () => { panel.dataset.asOf = ''; map(panel); } }, 'Now'),
      make('span', { class: 'note', role: 'status' }, `${nodes.length} resources, ${edges.length} links, as of ${new Date(at).toLocaleString()}${complete ? '' : '; cut, there are more'}.${edges.length ? ' What stands on the right needs what it is linked to on the left.' : ''}`)),
    nodes.length ? make('div', { class: 'scroll', tabindex: 0 }, picture(nodes, edges)) : make('p', { class: 'empty' }, 'Nothing there.'),
    nodes.length ? table(['Name', 'Type', 'Account', 'Region', 'State'], nodes.map((node) => [node.name, node.type, node.account, node.region, node.lifecycle])) : '');
}

function picture(nodes, edges) {
  const level = new Map(nodes.map((node) => [node.address, 0]));
  for (let round = 0; round < nodes.length; round++) {
    let moved = false;
    for (const { from, to } of edges) {
      if (from !== to && level.has(from) && level.has(to) && level.get(from) <= level.get(to) && level.get(to) < nodes.length) { level.set(from, level.get(to) + 1); moved = true; }
    }
    if (!moved) break;
  }
  const columns = [];
  nodes.forEach((node) => { (columns[level.get(node.address)] ??= []).push(node); });
  const wide = 210, high = 58, place = new Map();
  columns.forEach((column, x) => column?.forEach((node, y) => place.set(node.address, [20 + x * (wide + 60), 20 + y * high])));
  const tall = 40 + Math.max(...columns.map((column) => column?.length ?? 0)) * high;
  const svg = draw('svg', { class: 'map', viewBox: `0 0 ${columns.length * (wide + 60)} ${tall}`, width: columns.length * (wide + 60), height: tall, role: 'img', 'aria-label': `${nodes.length} resources, ${edges.length} links` });
  edges.forEach(({ from, to }) => {
    const [x1, y1] = place.get(from), [x2, y2] = place.get(to);
    svg.append(draw('path', { d: `M${x1} ${y1 + 20} C${x1 - 30} ${y1 + 20} ${x2 + wide + 30} ${y2 + 20} ${x2 + wide} ${y2 + 20}` }));
  });
  nodes.forEach((node) => {
    const [x, y] = place.get(node.address);
    const name = draw('text', { x: x + 10, y: y + 17 }), kind = draw('text', { x: x + 10, y: y + 32, class: 'small' }), title = draw('title', {});
    name.textContent = cut(node.name, 28); kind.textContent = cut(`${node.type.split('::').slice(-2).join('::')} · ${node.account}`, 34); title.textContent = node.address;
    const box = draw('rect', { x, y, width: wide, height: 40, rx: 6, class: 'box' });
    box.append(title);
    svg.append(box, name, kind);
  });
  return svg;
}

const cut = (text, length) => text.length > length ? text.slice(0, length - 1) + '…' : text;

function draw(tag, attributes) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
  return node;
}

// --- sparql

const FIRST = `PREFIX parley: <urn:parley:vocabulary#>
PREFIX core: <http://w3id.org/devops-infra/core#>

SELECT ?address ?type ?environment WHERE {
  ?resource a core:Resource ; parley:address ?address ; parley:resourceType ?type .
  OPTIONAL { ?resource parley:environment ?environment }
} ORDER BY ?address LIMIT 100`;

async function sparql(panel) {
  if (panel.childElementCount) return;
  const { questions } = await get('questions');
  const text = make('textarea', { spellcheck: false, 'aria-label': 'SPARQL query' });
  text.value = FIRST;
  const asOf = make('input', { type: 'datetime-local', step: 1, 'aria-label': 'As of' });
  const ready = make('select', { 'aria-label': 'Ready-made questions', onchange: () => { const chosen = questions.find((one) => one.name === ready.value); if (chosen) text.value = chosen.query; } },
    make('option', { value: '' }, 'Ready-made questions…'), ...questions.map((one) => make('option', { value: one.name }, one.title)));
  const result = make('div', { 'aria-live': 'polite' });
  const run = async (format) => {
    const when = asOf.value ? '&as-of=' + encodeURIComponent(new Date(asOf.value).toISOString()) : '';
    const answer = await fetch('sparql', { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: format }, body: 'query=' + encodeURIComponent(text.value) + when });
    return [answer, await answer.text()];
  };
  const go = async () => {
    const start = performance.now();
    result.replaceChildren(make('p', { class: 'note' }, 'Asking…'));
    const [answer, body] = await run('application/sparql-results+json, text/turtle;q=0.8');
    const took = Math.round(performance.now() - start);
    if (!answer.ok) { result.replaceChildren(make('article', { class: 'card bad' }, make('p', {}, body))); return; }
    if (!answer.headers.get('Content-Type').includes('json')) { result.replaceChildren(make('pre', { tabindex: 0 }, body)); return; }
    const json = JSON.parse(body);
    if (typeof json.boolean === 'boolean') { result.replaceChildren(make('p', {}, String(json.boolean))); return; }
    const rows = json.results.bindings;
    result.replaceChildren(make('p', { class: 'note' }, `${rows.length} rows in ${took} ms`),
      table(json.head.vars, rows.map((row) => json.head.vars.map((name) => row[name]?.value ?? ''))));
  };
  const save = async () => {
    const [answer, body] = await run('text/csv');
    if (answer.ok) make('a', { href: URL.createObjectURL(new Blob([body], { type: 'text/csv' })), download: 'answer.csv' }).click();
  };
  text.addEventListener('keydown', (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) go(); });
  panel.replaceChildren(make('h2', {}, 'Ask the graph'), make('div', { class: 'toolbar' }, ready, make('label', {}, 'As of ', asOf)), text,
    make('div', { class: 'toolbar' }, make('button', { class: 'primary', onclick: go }, 'Ask'), make('button', { onclick: save }, 'CSV'), make('span', { class: 'note' }, 'Ctrl+Enter asks. Read-only, within limits.')), result);
}

// --- audit

async function audit(panel) {
  const { lines } = await get('audit');
  let last = lines.at(-1)?.sequence ?? 0;
  const body = make('div', {});
  const check = make('span', { class: 'note', role: 'status' });
  const row = (line) => [new Date(line.at).toLocaleString(), line.who, line.what, line.about, make('code', { title: line.hash }, line.hash.slice(0, 12))];
  const all = [...lines];
  const draw_all = () => body.replaceChildren(table(['When', 'Who', 'What', 'About', 'Hash'], all.map(row)));
  draw_all();
  const next = make('button', { onclick: async () => {
    const page = (await get('audit?after=' + last)).lines;
    all.push(...page);
    last = all.at(-1)?.sequence ?? last;
    draw_all();
    next.hidden = page.length < 200;
  } }, 'More');
  next.hidden = lines.length < 200;
  panel.replaceChildren(make('h2', {}, 'Audit log'), make('div', { class: 'toolbar' }, make('button', { class: 'primary', onclick: async () => {
    const report = await get('audit-check');
    check.textContent = report.intact ? `Intact. ${report.detail}` : `Broken at ${report.broken}: ${report.detail}`;
  } }, 'Verify the chain'), check), body, next);
}

export const tabs = { plan: plans, map, sparql, audit };

import { card, drawable, make, EMOJI } from './cards.js';
import { get, tabs } from './tabs.js';

const $ = (id) => document.getElementById(id);
const state = { as: '', thread: null, postings: new Map(), people: [], source: null };

const narrow = () => matchMedia('(max-width: 720px)').matches;

async function act(path, body) {
  try {
    const answer = await fetch('api/' + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Parley': '1' },
      body: JSON.stringify({ ...body, as: state.as, delivery: crypto.randomUUID() }),
    });
    const result = await answer.json().catch(() => ({ error: answer.statusText }));
    if (!answer.ok) throw new Error(result.error);
    return result;
  } catch (error) {
    complain(error instanceof TypeError ? 'Parley was not reached; nothing was sent. Is it still running?' : error.message);
    throw error;
  }
}

// --- what only one person is shown

function toast(node, stays) {
  const close = () => node.remove();
  node.prepend(make('button', { class: 'close', 'aria-label': 'Close', onclick: close }, '×'));
  node.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
  $('toasts').append(node);
  while ($('toasts').childElementCount > 4) $('toasts').firstElementChild.remove();
  if (!stays) setTimeout(close, 12000);
}

const complain = (text) => toast(make('article', { class: 'card bad' }, make('p', {}, text)), false);

/** A short word stands beside the conversation for a while; a long one opens over it. */
function whispered({ card: data, thread }) {
  const long = data.parts.some((part) => ['Code', 'Table', 'Image', 'Changes'].includes(part.kind));
  const drawn = (close) => {
    const node = card(data, async (button) => {
      close(node);
      if (button.confirm && !(await confirmed(button.confirm, button.style))) return;
      await act('press', { thread, token: button.token }).catch(() => {});
    });
    node.prepend(make('div', { class: 'byline' }, 'Only you see this'));
    return node;
  };
  if (!long) { toast(drawn((node) => node.remove()), data.buttons.length > 0); return; }
  ask((done) => make('div', {}, drawn(() => done(null)), make('div', { class: 'buttons' }, make('button', { onclick: () => done(null) }, 'Close'))));
}

// --- threads

async function loadThreads() {
  const { threads } = await get('threads');
  const list = $('thread-list');
  list.replaceChildren(...threads.map((thread) => make('li', {}, make('button', {
    'aria-current': String(thread.id === state.thread), onclick: () => openThread(thread.id) },
  make('span', { title: thread.title }, thread.title), thread.state ? make('span', { class: 'badge ' + tone(thread.state) }, thread.state) : null))));
  return threads;
}

function menu(open) {
  $('threads').classList.toggle('open', open);
  $('menu').setAttribute('aria-expanded', String(open));
}

function tone(word) {
  if (['succeeded', 'approved'].includes(word)) return 'good';
  if (['failed', 'blocked', 'rejected', 'rolled_back'].includes(word)) return 'bad';
  return ['open', 'running', 'waiting', 'verifying', 'rolling_back', 'cancelling'].includes(word) ? 'warn' : '';
}

async function openThread(id) {
  state.thread = id;
  history.replaceState(null, '', id ? '#' + id : '#');
  menu(false);
  state.postings.clear();
  const stream = $('stream');
  stream.setAttribute('aria-busy', 'true');
  stream.replaceChildren();
  show_tab('talk');
  if (id) (await get('threads/' + id)).postings.forEach((posting) => show(posting));
  else welcome();
  stream.removeAttribute('aria-busy');
  if (stream.lastElementChild && id) into_view(stream.lastElementChild);
  loadThreads();
  if (!narrow()) $('text').focus();
}

const EXAMPLES = [
  '3 t3.medium vms behind a load balancer in ap-south-1, max ₹1500/day',
  'a private bucket called reports-2026 and a queue called jobs',
  'a small vm with a Postgres database, wherever is cheapest',
  'what does team shop cost?',
];

function welcome() {
  $('stream').append(make('div', { class: 'empty' },
    make('h2', {}, 'What shall there be?'),
    make('p', {}, 'Say it in your own words. You will see what would change and what it costs; nothing happens before somebody else approves it. Try:'),
    ...EXAMPLES.map((text) => make('button', { onclick: () => { $('text').value = text; $('text').focus(); } }, text))));
}

// --- postings

function show(posting) {
  if (posting.thread !== state.thread) return;
  const stream = $('stream');
  stream.querySelector('.empty')?.remove();
  const atEnd = stream.scrollHeight - stream.scrollTop - stream.clientHeight < 160;
  const node = draw(posting);
  const before = state.postings.get(posting.id);
  state.postings.set(posting.id, node);
  if (!before) {
    stream.append(node);
    into_view(node);
    return;
  }
  const pressed = [...before.querySelectorAll('button')].indexOf(document.activeElement);
  before.replaceWith(node);
  if (pressed >= 0) node.querySelectorAll('button')[pressed]?.focus({ preventScroll: true });
  if (atEnd) into_view(stream.lastElementChild);
}

/** A card that is taller than the window is shown from its beginning. */
function into_view(node) {
  node.scrollIntoView({ block: node.offsetHeight > $('stream').clientHeight - 24 ? 'start' : 'end' });
}

const name_of = (id) => state.people.find((one) => one.id === id)?.name ?? id;

function draw(posting) {
  const mine = posting.author !== 'parley';
  const who = mine ? name_of(posting.author) : 'Parley';
  const time = new Date(posting.at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return make('div', { class: mine ? 'posting mine' : 'posting', 'data-id': posting.id },
    make('div', { class: 'byline' }, make('b', {}, who), ' ' + time),
    posting.card ? card(posting.card, (button, node) => press(posting, button, node)) : make('div', { class: 'words' }, posting.text),
    reactions(posting));
}

const signs = drawable('👍');
const picture_sign = (name) => signs && EMOJI[name] ? EMOJI[name] + ' ' : '';

function reactions(posting) {
  const there = Object.entries(posting.reactions);
  const offered = posting.card?.buttons.some((button) => /approve/i.test(button.label)) ? ['+1', '-1'] : [];
  const names = [...new Set([...there.map(([name]) => name), ...offered])];
  if (!names.length) return null;
  return make('div', { class: 'reactions' }, ...names.map((name) => {
    const who = posting.reactions[name] ?? [];
    const on = who.includes(state.as);
    return make('button', { class: on ? 'mine' : '', title: who.join(', ') || name, 'aria-pressed': String(on),
      'aria-label': `${name}: ${who.join(', ') || 'nobody yet'}`,
      onclick: () => act('react', { message: String(posting.id), emoji: name, on: !on }).catch(() => {}) }, make('span', { 'aria-hidden': 'true' }, picture_sign(name)), `${name.replaceAll('_', ' ')}${who.length ? ' · ' + who.join(', ') : ''}`);
  }));
}

async function press(posting, button, node) {
  if (button.confirm && !(await confirmed(button.confirm, button.style))) return;
  node.disabled = true;
  try { await act('press', { message: String(posting.id), token: button.token }); } catch { /* was told */ } finally { setTimeout(() => { node.disabled = false; }, 1500); }
}

let asking = Promise.resolve();

/** Opens the dialog when the one before it is closed; gives what was chosen, or null. */
function ask(build) {
  asking = asking.then(() => new Promise((resolve) => {
    const dialog = $('dialog');
    let chosen = null;
    dialog.replaceChildren(build((value) => { chosen = value; dialog.close(); }));
    dialog.onclose = () => resolve(chosen);
    dialog.showModal();
  }));
  return asking;
}

const confirmed = (confirm, style) => ask((done) => make('div', {},
  make('h2', { id: 'dialog-title' }, confirm.title), make('p', { class: 'plain-words' }, confirm.text),
  make('p', { class: 'note' }, 'You answer as ', make('b', {}, name_of(state.as)), ', a demo identity.'),
  make('div', { class: 'buttons' },
    make('button', { class: style === 'DANGER' ? 'danger' : 'primary', onclick: () => done(true) }, confirm.yes),
    make('button', { onclick: () => done(null) }, confirm.no))));

async function form(data) {
  const fields = await ask((done) => {
    const node = make('form', {}, make('h2', { id: 'dialog-title' }, data.title), ...data.fields.map((field) => make('label', {}, field.label,
      field.choices.length
        ? make('select', { name: field.name }, ...field.choices.map((choice) => make('option', {}, choice)))
        : make('input', { name: field.name, required: field.required, autocomplete: 'off' }))),
    make('div', { class: 'buttons' }, make('button', { class: 'primary' }, data.submit), make('button', { type: 'button', onclick: () => done(null) }, 'Cancel')));
    node.addEventListener('submit', (event) => { event.preventDefault(); done(Object.fromEntries(new FormData(node))); });
    return node;
  });
  if (fields) await act('submit', { thread: data.thread, token: data.token, fields });
}

// --- live

function listen() {
  state.source?.close();
  const source = new EventSource('api/events?as=' + encodeURIComponent(state.as));
  state.source = source;
  let timer;
  source.onopen = () => { $('offline').hidden = true; };
  source.onerror = () => { $('offline').hidden = false; };
  source.addEventListener('hello', async () => {
    try {
      if (state.thread) (await get('threads/' + state.thread)).postings.forEach(show);
      await loadThreads();
    } catch (error) { complain(error.message); }
  });
  source.addEventListener('posting', (event) => {
    const posting = JSON.parse(event.data);
    show(posting);
    clearTimeout(timer);
    timer = setTimeout(loadThreads, 300);
  });
  source.addEventListener('whisper', (event) => whispered(JSON.parse(event.data)));
  source.addEventListener('form', (event) => form(JSON.parse(event.data)));
}

async function say() {
  const text = $('text').value.trim();
  if (!text) return;
  $('text').value = '';
  grow();
  const posting = await act('say', state.thread ? { text, thread: state.thread } : { text })
    .catch(() => { $('text').value ||= text; grow(); });
  if (!posting) return;
  if (posting.thread !== state.thread) await openThread(posting.thread); else show(posting);
}

function grow() {
  const box = $('text');
  box.rows = Math.min(6, box.value.split('\n').length);
}

// --- tabs

function show_tab(name) {
  document.querySelectorAll('[role=tab]').forEach((tab) => {
    tab.setAttribute('aria-selected', String(tab.dataset.tab === name));
    tab.tabIndex = tab.dataset.tab === name ? 0 : -1;
  });
  document.querySelectorAll('[role=tabpanel]').forEach((panel) => { panel.hidden = panel.id !== name; });
  if (tabs[name]) tabs[name]($(name)).catch((error) => $(name).replaceChildren(make('p', { class: 'note' }, error.message)));
}

async function start() {
  const session = await get('session');
  state.people = session.people;
  $('as').replaceChildren(...session.people.map((one) => make('option', { value: one.id }, `${one.name} (${one.roles.filter((role) => role !== 'viewer').join(', ') || 'viewer'})`)));
  state.as = session.people[0]?.id ?? '';
  $('as').addEventListener('change', () => { state.as = $('as').value; $('toasts').replaceChildren(); listen(); if (state.thread) openThread(state.thread); });
  document.querySelectorAll('[role=tab]').forEach((tab) => tab.addEventListener('click', () => show_tab(tab.dataset.tab)));
  document.querySelector('nav').addEventListener('keydown', (event) => {
    const all = [...document.querySelectorAll('[role=tab]')];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  });
  $('new').addEventListener('click', () => openThread(null));
  $('menu').addEventListener('click', () => menu(!$('threads').classList.contains('open')));
  document.querySelector('main').addEventListener('click', () => menu(false));
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') menu(false); });
  $('say').addEventListener('submit', (event) => { event.preventDefault(); say().catch(() => {}); });
  $('text').addEventListener('input', grow);
  $('text').addEventListener('keydown', (event) => { if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) { event.preventDefault(); say().catch(() => {}); } });
  listen();
  const threads = await loadThreads();
  const wanted = location.hash.slice(1);
  await openThread(threads.some((thread) => thread.id === wanted) ? wanted : null);
}

start().catch((error) => complain(error.message));

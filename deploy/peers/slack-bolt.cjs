// Slack's own framework, connected to the stand-in: says what it hears, does what it is asked.
const { App } = require('@slack/bolt');

const [base, token, appToken] = process.argv.slice(2);
const app = new App({
  token,
  appToken,
  socketMode: true,
  logLevel: 'error',
  clientOptions: { slackApiUrl: base },
});
const tell = (what, more) => console.log(JSON.stringify({ what, ...more }));

app.event('app_mention', async ({ event, client }) => {
  tell('mention', { text: event.text, user: event.user });
  const posted = await client.chat.postMessage({
    channel: event.channel,
    thread_ts: event.ts,
    text: 'one button',
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'One button' } },
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'go', value: 'v', text: { type: 'plain_text', text: 'Go' } },
        ],
      },
    ],
  });
  await client.reactions.add({ channel: event.channel, timestamp: posted.ts, name: 'eyes' });
});
app.action('go', async ({ ack, body, client, respond }) => {
  await ack();
  tell('action', { user: body.user.id });
  await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: 'pressed' });
  await client.views.open({
    trigger_id: body.trigger_id,
    view: {
      type: 'modal',
      callback_id: 'why',
      title: { type: 'plain_text', text: 'Why?' },
      submit: { type: 'plain_text', text: 'Send' },
      blocks: [
        {
          type: 'input',
          block_id: 'reason',
          label: { type: 'plain_text', text: 'Reason' },
          element: { type: 'plain_text_input', action_id: 'answer' },
        },
      ],
    },
  });
});
app.view('why', async ({ ack, view }) => {
  await ack();
  tell('view', { reason: view.state.values.reason.answer.value });
});
app.command('/parley', async ({ ack, command, respond }) => {
  await ack();
  tell('command', { text: command.text });
  await respond({ response_type: 'ephemeral', text: 'heard', blocks: [
    { type: 'section', text: { type: 'mrkdwn', text: 'heard' } }] });
});
app.event('reaction_added', async ({ event }) => tell('reaction', { name: event.reaction }));
app.event('message', async ({ event }) => {
  if (event.subtype) tell('changed', { subtype: event.subtype });
});

(async () => {
  const files = await (async () => {
    await app.start();
    tell('started', {});
    return app.client.files.uploadV2({
      channel_id: 'C1', filename: 'a.txt', content: 'hello', title: 'a file' });
  })();
  tell('uploaded', { ok: files.ok });
  try {
    await app.client.chat.postMessage({ channel: 'C1', text: 'x', blocks: [
      { type: 'header', text: { type: 'plain_text', text: 'h'.repeat(151) } }] });
    tell('limit', { error: 'none' });
  } catch (e) {
    tell('limit', { error: e.data && e.data.error });
  }
})().catch((e) => { console.error(e); process.exit(1); });

// A bot on discord.js: proves that the stand-in speaks Discord as a client nobody here wrote understands it.
// node client.mjs API TOKEN   (discord.js is found from the current directory)
import { createRequire } from 'node:module';
const require = createRequire(process.cwd() + '/');
const { Client, GatewayIntentBits, Partials, MessageFlags, ContainerBuilder, TextDisplayBuilder,
  ActionRowBuilder, ButtonBuilder, ButtonStyle, ModalBuilder, LabelBuilder, TextInputBuilder,
  TextInputStyle, Events } = require('discord.js');
const [api, token] = process.argv.slice(2);
const tell = (what, detail = '') => console.log(JSON.stringify({ what, detail }));
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent,
    GatewayIntentBits.GuildMessageReactions, GatewayIntentBits.DirectMessages],
  partials: [Partials.Channel, Partials.Message, Partials.Reaction],
  allowedMentions: { parse: [] },
  rest: { api },
});
const card = (text) => ({
  flags: MessageFlags.IsComponentsV2,
  components: [
    new ContainerBuilder()
      .addTextDisplayComponents(new TextDisplayBuilder().setContent(text))
      .addActionRowComponents(new ActionRowBuilder().addComponents(
        new ButtonBuilder().setCustomId('whisper').setLabel('Whisper').setStyle(ButtonStyle.Primary),
        new ButtonBuilder().setCustomId('form').setLabel('Form').setStyle(ButtonStyle.Danger))),
  ],
});
client.once(Events.ClientReady, () => tell('ready', client.user.username));
client.on(Events.MessageCreate, async (message) => {
  if (message.author.id === client.user.id) return;
  tell('message', message.content);
  const root = await message.channel.send(card('root of ' + message.author.username));
  const thread = await root.startThread({ name: 'thread' });
  const inside = await thread.send(card('in the thread'));
  await inside.edit({ flags: MessageFlags.IsComponentsV2, components: card('edited').components });
  await inside.react('👀');
  tell('posted', thread.id);
});
client.on(Events.MessageReactionAdd, (reaction, user) => {
  if (user.id !== client.user.id) tell('reaction', reaction.emoji.name);
});
client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isButton() && interaction.customId === 'form') {
    await interaction.showModal(new ModalBuilder().setCustomId('why').setTitle('Why?')
      .addLabelComponents(new LabelBuilder().setLabel('Reason')
        .setTextInputComponent(new TextInputBuilder().setCustomId('reason').setStyle(TextInputStyle.Short))));
    tell('form');
  } else if (interaction.isButton()) {
    await interaction.deferUpdate();
    await interaction.followUp({ content: 'only for you', flags: MessageFlags.Ephemeral });
    tell('whispered');
  } else if (interaction.isModalSubmit()) {
    await interaction.reply({ content: 'noted', flags: MessageFlags.Ephemeral });
    tell('submitted', interaction.fields.getTextInputValue('reason'));
  } else if (interaction.isChatInputCommand()) {
    await interaction.reply({ content: 'on it', flags: MessageFlags.Ephemeral });
    tell('command', interaction.options.getString('words'));
  }
});
client.on(Events.Error, (e) => tell('error', String(e)));
process.on('unhandledRejection', (e) => tell('error', String(e)));
client.login(token);

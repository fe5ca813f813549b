// Drives a server by the official client of MAX: `node drive.js ADDRESS TOKEN CHANNEL PICTURE`.
// What it saw is printed as one JSON object; any refusal ends it with code 1.
const { Bot } = require('@maxhub/max-bot-api');

const [, , baseUrl, token, channel, picture] = process.argv;
const { api } = new Bot(token, { clientOptions: { baseUrl } });

async function main() {
  const seen = {};
  seen.me = (await api.getMyInfo()).username;
  seen.chats = (await api.getAllChats()).chats.map((chat) => chat.type);
  const membership = await api.getChatMembership(Number(channel));
  seen.admin = membership.is_admin;
  const { updates } = await api.getUpdates(['message_created'], { timeout: 1 });
  const question = updates.find((each) => each.message.recipient.chat_type === 'dialog').message;
  seen.question = question.body.text;
  const photo = await api.uploadImage({ source: picture });
  const answer = await api.sendMessageToUser(question.sender.user_id, 'Починим в среду.', {
    attachments: [photo.toJson()],
    link: { type: 'reply', mid: question.body.mid },
  });
  seen.answered = answer.link.message.mid === question.body.mid;
  await api.editMessage(answer.body.mid, { text: 'Починим в четверг.' });
  seen.answer = (await api.getMessage(answer.body.mid)).body.text;
  const [post] = (await api.getMessages(Number(channel))).messages;
  seen.views = post.stat.views;
  const [comment] = (await api.getComments(post.body.mid)).messages;
  seen.comment = comment.body.text;
  const reply = await api.sendComment(post.body.mid, 'Да, до 14:00.', {
    link: { type: 'reply', mid: comment.body.mid },
  });
  const { message } = reply;
  await api.editComment(post.body.mid, message.body.mid, 'Да, до 15:00.');
  seen.reply = (await api.getComment(post.body.mid, message.body.mid)).body.text;
  seen.removed = (await api.deleteComment(post.body.mid, message.body.mid)).success;
  await api.subscribe('https://otklik.example.org/max', 'tayna-42', ['message_created']);
  seen.subscribed = (await api.getSubscriptions()).map((each) => each.url);
  await api.unsubscribe('https://otklik.example.org/max');
  const refused = await api.sendMessageToChat(404, 'Кому?').catch((error) => error.status);
  seen.refused = refused;
  console.log(JSON.stringify(seen));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

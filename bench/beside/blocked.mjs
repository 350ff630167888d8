// Loaded into the server by bench/beside: how long its event loop is blocked, in milliseconds of processor between two turns
// of it, so that what else the machine does matters little. Any message is answered with the longest since the last one.
let longest = 0;
let before = process.threadCpuUsage();

function turn() {
  const { user, system } = process.threadCpuUsage(before);
  longest = Math.max(longest, (user + system) / 1_000);
  before = process.threadCpuUsage();
  setTimeout(turn, 1).unref();
}

turn();
process.on('message', () => {
  process.send(longest);
  longest = 0;
});
process.channel?.unref();

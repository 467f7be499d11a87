// Loaded before the program: says when the program's own code begins, and what Node has used until then.
const { user, system } = process.cpuUsage();
console.log(`first line at ${performance.timeOrigin + performance.now()}, after ${(user + system) / 1000}`);

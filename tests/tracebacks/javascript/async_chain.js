const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function load() {
  await sleep(1);
  throw new TypeError('no such page: p9');
}
async function main() {
  await Promise.all([load(), sleep(5)]);
}
main();

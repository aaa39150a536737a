async function fetchPage() {
  await null;
  throw new Error('page gone');
}
await fetchPage();

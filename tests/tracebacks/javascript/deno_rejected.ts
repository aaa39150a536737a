async function fetchPage(): Promise<void> {
  await Promise.resolve();
  throw new TypeError("page gone");
}
await fetchPage();

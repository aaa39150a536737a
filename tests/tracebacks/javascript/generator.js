function* ids() {
  yield 1;
  throw new Error('no more ids');
}
for (const id of ids()) void id;

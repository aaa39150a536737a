function bill() { throw new Error('no rate'); }
try {
  bill();
} catch (err) {
  console.error('2020-05-11T14:44:44.123Z ERROR billing failed', err);
  console.error('done');
}

function bill() { throw new RangeError('no rate'); }
try {
  bill();
} catch (err) {
  console.error({ order: 7, err });
}

function collect() {
  const errors = [new Error('a'), new RangeError('b')];
  throw new AggregateError(errors, 'two failed');
}
collect();

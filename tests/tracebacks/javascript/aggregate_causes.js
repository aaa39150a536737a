function collect() {
  const a = new Error('a', { cause: new Error('root of a') });
  throw new AggregateError([a, new Error('b')], 'both', { cause: new Error('outer cause') });
}
collect();

function all(): void {
  throw new AggregateError([new Error("a"), new RangeError("b")], "two failed");
}
all();

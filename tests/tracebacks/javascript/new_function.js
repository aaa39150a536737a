const f = new Function('a', 'return a.b.c;');
function call() {
  return f({});
}
call();

const x = 1;
function f() {
  return x +* 2;
}

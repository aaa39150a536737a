function add() { return 1n + 1; }
add();

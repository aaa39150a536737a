interface Order { id: number; lines?: string[] }
enum State { New, Paid }

function count(order: Order): number {
  return order.lines!.length;
}

export class Cart {
  constructor(private order: Order, private state: State = State.New) {}
  total(): number {
    return count(this.order);
  }
}

new Cart({ id: 7 }).total();

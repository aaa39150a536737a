package shop

class CartException(message: String, cause: Throwable) extends Exception(message, cause)

object Cart {
  def price(item: Any): Int = item match { case n: Int => n }

  def total(items: Seq[Any]): Int =
    items.map { item =>
      try price(item)
      catch { case e: MatchError => throw new CartException("no price", e) }
    }.sum
}

object Main {
  def main(args: Array[String]): Unit = println(Cart.total(Seq(3, "four")))
}

package shop

class CartException(message: String, cause: Throwable? = null) : Exception(message, cause)

object Cart {
    fun price(name: String): Int = name.toInt()

    inline fun <T> guarded(what: String, block: () -> T): T =
        try {
            block()
        } catch (e: RuntimeException) {
            throw CartException("no $what", e)
        }

    fun total(names: List<String>) = names.map { guarded("price for it") { price(it) } }.sum()
}

fun main() {
    println(Cart.total(listOf("3", "four")))
}

from concurrent.futures import ProcessPoolExecutor
import multiprocessing


def work(n):
    try:
        return {}[n]
    except KeyError as error:
        raise RuntimeError("no row") from error


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        pool.submit(work, 0).result()

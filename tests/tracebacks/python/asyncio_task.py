import asyncio
import gc


async def work():
    await asyncio.sleep(0)
    raise LookupError("in task")


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    del task
    gc.collect()


asyncio.run(main())

import asyncio


async def fail(n):
    raise ValueError(f"job {n}")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(fail(1))


asyncio.run(main())

"""A cache that never holds more than its bytes."""

from concurrent.futures import ThreadPoolExecutor

from common.bounded_cache import BoundedCache

KILOBYTE = "x" * 1_000


def test_what_was_used_longest_ago_goes_first() -> None:
    cache, made = BoundedCache(10_000), list[int]()

    def make(key: int) -> str:
        made.append(key)
        return KILOBYTE

    def ask(key: int) -> str:
        return cache.get(key, lambda: make(key), weight=0)

    for key in (0, 1, 2, 3, 4, 5, 6, 7, 8):
        ask(key)
    assert ask(0) == KILOBYTE
    ask(9)
    ask(10)
    ask(0)
    ask(1)
    assert made == [*range(11), 1]
    assert cache.bytes <= 10_000


def test_what_is_large_is_made_each_time() -> None:
    cache = BoundedCache(1_000)
    assert cache.get("a", lambda: KILOBYTE, weight=0) == KILOBYTE
    assert cache.bytes == 0


def test_it_counts_right_when_threads_use_it_together() -> None:
    cache = BoundedCache(20_000)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: cache.get(n % 40, lambda: KILOBYTE, weight=10), range(4_000)))
    assert cache.bytes == sum(size for _, size in cache._texts.values()) <= 20_000

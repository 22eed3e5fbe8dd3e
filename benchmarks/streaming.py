"""Streams against a bare FastAPI route, on this machine, in one run: `python benchmarks/streaming.py`.

A local model server answers instantly: it sends `--chunks` pieces, each an HTTP chunk of its own, in one write. Three routes send them
on as Server-Sent Events: ours (login, durable message, answer kept), a bare FastAPI route that relays the same model server, and a bare
route that makes the pieces itself, without any provider. Wanted: first byte within 1.5 times of a bare route, 0.8 of its pieces a second,
100 streams at once all finished. Prints a table and one line of JSON.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import StreamingResponse

ROOT = Path(__file__).parents[1]
PASSWORD = "Corr3ct-horse-battery"
ROUNDS = 30
AT_ONCE = 100
SETTLE_SECONDS = 8
"""After a start the app loads in the background what later requests need; the first seconds measure that."""
PEOPLE = 40
"""Each may have three answers under way."""
PORTS = {"bare": 1, "model": 2, "relay": 3}
"""Behind our own port."""


def pieces(count: int) -> list[str]:
    """Return what the model says."""
    return [f"word{number % 97} " for number in range(count)]


def serve_model(port: int, count: int) -> None:
    """Run the model server: the whole answer is prepared, so that only those are measured who ask it."""
    chunks = [_chunk({"content": word}) for word in pieces(count)] + [_chunk({}, "stop")]
    events = [f"data: {json.dumps(chunk)}\n\n".encode() for chunk in chunks] + [b"data: [DONE]\n\n", b""]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    prepared = head + b"".join(b"%x\r\n%b\r\n" % (len(event), event) for event in events)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                asked = (await reader.readuntil(b"\r\n\r\n")).lower()
                await reader.readexactly(int(asked.partition(b"content-length:")[2].split()[0]))
                writer.write(prepared)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        async with await asyncio.start_server(answer, "127.0.0.1", port) as server:
            await server.serve_forever()

    asyncio.run(run())


def serve_bare(port: int, count: int) -> None:
    """Run the bare route that asks nobody."""
    app = FastAPI()
    words = pieces(count)

    @app.post("/bare")
    async def bare(_: Request) -> StreamingResponse:
        async def body() -> AsyncIterator[bytes]:
            for word in words:
                yield f"data: {json.dumps({'type': 'delta', 'delta': word})}\n\n".encode()

        return StreamingResponse(body(), media_type="text/event-stream")

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


def serve_relay(port: int, _: int) -> None:
    """Run the bare route over the model server: what anybody writes in ten lines."""
    provider = f"http://127.0.0.1:{port - PORTS['relay'] + PORTS['model']}"
    app = FastAPI()
    client = httpx2.AsyncClient()

    @app.post("/bare")
    async def bare(request: Request) -> StreamingResponse:
        turns = [{"role": "user", "content": (await request.json())["message"]}]

        async def body() -> AsyncIterator[bytes]:
            asked = {"model": "bench", "messages": turns, "stream": True}
            async with client.stream("POST", f"{provider}/v1/chat/completions", json=asked) as answer:
                async for line in answer.aiter_lines():
                    if line.startswith("data: {") and (word := json.loads(line[6:])["choices"][0]["delta"].get("content")):
                        yield f"data: {json.dumps({'type': 'delta', 'delta': word})}\n\n".encode()

        return StreamingResponse(body(), media_type="text/event-stream")

    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)


def _chunk(delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "bench", "choices": [choice]}


def wait_for(url: str) -> None:
    """Return once `url` answers."""
    for _ in range(300):
        try:
            httpx2.get(url, timeout=5)
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"{url} did not start")


def follow(client: httpx2.Client, url: str, headers: dict[str, str], message: str) -> tuple[float, float, float, str]:
    """Read one stream; return seconds to its first byte, to its first word and to its end, and the text."""
    began = time.perf_counter()
    first, word, received = 0.0, 0.0, b""
    with client.stream("POST", url, json={"message": message}, headers=headers) as answer:
        answer.raise_for_status()
        for part in answer.iter_raw():
            first = first or time.perf_counter() - began
            received += part
            if not word and b'"delta"' in received:
                word = time.perf_counter() - began
    ended = time.perf_counter() - began
    events = [json.loads(line[6:]) for line in received.decode().splitlines() if line.startswith("data: ")]
    return first, word, ended, "".join(event.get("delta", "") for event in events if event["type"] == "delta")


def measure(ours: str, relayed: str, bare: str, count: int, pid: int) -> dict[str, float]:
    """Return every number; times in milliseconds."""
    words = "".join(pieces(count)).strip()
    client = httpx2.Client(timeout=120, limits=httpx2.Limits(max_connections=AT_ONCE + 10, max_keepalive_connections=AT_ONCE + 10))
    tokens = []
    for number in range(PEOPLE):
        body = {"email": f"p{number}@example.com", "password": PASSWORD, "confirm_password": PASSWORD, "name": "Ada"}
        tokens.append({"Authorization": f"Bearer {client.post(f'{ours}/register', json=body).json()['token']}"})
    mine, over_same, theirs = [], [], []
    follow(client, f"{relayed}/bare", {}, "Hello")
    for number in range(ROUNDS):  # in turn, so that a busy moment of the machine hits both
        theirs.append(follow(client, f"{bare}/bare", {}, "Hello"))
        over_same.append(follow(client, f"{relayed}/bare", {}, "Hello"))
        mine.append(follow(client, f"{ours}/api/chat/stream", tokens[0], f"Tell me more, number {number}"))
    complete = sum(text.strip() == words for *_, text in mine)
    before, pages = memory_mb(pid), []
    over = threading.Event()

    def watch() -> None:
        with httpx2.Client(timeout=60) as other:
            while not over.is_set():
                began = time.perf_counter()
                other.get(f"{ours}/profile", headers=tokens[0]).raise_for_status()
                pages.append((time.perf_counter() - began) * 1000)
                over.wait(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        streams = [
            pool.submit(follow, client, f"{ours}/api/chat/stream", tokens[number % PEOPLE], f"Both {number}") for number in range(AT_ONCE)
        ]
        finished = sum(one.result()[3].strip() == words for one in streams)
    together = time.perf_counter() - began
    over.set()
    watcher.join()
    first, relay_first, bare_first = (statistics.median(one[0] for one in runs) * 1000 for runs in (mine, over_same, theirs))
    word, relay_word = (statistics.median(one[1] for one in runs) * 1000 for runs in (mine, over_same))
    speed, relay_speed, bare_speed = (count / statistics.median(one[2] for one in runs) for runs in (mine, over_same, theirs))
    return {
        "first_byte_ms": first,
        "relay_first_byte_ms": relay_first,
        "first_byte_ratio_same_provider": first / relay_first,
        "first_word_ms": word,
        "first_word_ratio_same_provider": word / relay_word,
        "bare_first_byte_ms": bare_first,
        "first_byte_ratio": first / bare_first,
        "chunks_per_second": speed,
        "relay_chunks_per_second": relay_speed,
        "chunk_ratio_same_provider": speed / relay_speed,
        "bare_chunks_per_second": bare_speed,
        "chunk_ratio": speed / bare_speed,
        "complete_of_30": float(complete),
        "finished_of_100_at_once": float(finished),
        "100_at_once_seconds": together,
        "memory_before_mb": before,
        "memory_after_mb": memory_mb(pid),
        "profile_ms_meanwhile": statistics.median(pages),
    }


def memory_mb(pid: int) -> float:
    """Return the resident memory of a process (Linux only, else 0)."""
    status = Path(f"/proc/{pid}/statm")
    return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6 if status.exists() else 0.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--chunks", type=int, default=1000)
    parser.add_argument("--port", type=int, default=8646)
    parser.add_argument("--serve", choices=["bare", "model", "relay"])
    chosen = parser.parse_args()
    port = chosen.port
    if chosen.serve:
        serving = {"bare": serve_bare, "model": serve_model, "relay": serve_relay}
        serving[chosen.serve](port + PORTS[chosen.serve], chosen.chunks)
        return
    ours, bare, model, relayed = (f"http://127.0.0.1:{port + number}" for number in (0, *PORTS.values()))
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {f"LIMITS__{name}": "" for name in ("SIGNUP",)}
        environment |= {"DATA_DIR": folder, "SECURITY__BCRYPT_ROUNDS": "4", "LOG_LEVEL": "ERROR"}
        environment |= {"AI_SERVICES__CUSTOM_BASE_URL": f"{model}/v1", "AI_SERVICES__CUSTOM_MODEL": "bench", "AI_SERVICES__ORDER": "custom"}
        app = [sys.executable, "-m", "uvicorn", "app:app", "--port", str(port), "--log-level", "error", "--no-access-log"]
        own = [sys.executable, __file__, "--port", str(port), "--chunks", str(chosen.chunks), "--serve"]
        silent: dict[str, Any] = {"cwd": ROOT, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        servers = [subprocess.Popen(command, **silent) for command in (app, *([*own, name] for name in PORTS))]
        try:
            wait_for(f"{bare}/docs")
            wait_for(f"{ours}/healthz")
            wait_for(f"{relayed}/docs")
            time.sleep(SETTLE_SECONDS)
            found = measure(ours, relayed, bare, chosen.chunks, servers[0].pid)
        finally:
            for server in servers:
                server.terminate()
                server.wait(20)
    for name, value in found.items():
        print(f"{name:<32}{value:>12.3f}")
    print(json.dumps({name: round(value, 4) for name, value in found.items()}))


if __name__ == "__main__":
    main()

"""The constant scripts that go into a page between `<script>` and `</script>`, each read from a file of its own."""

from pathlib import Path


def constant(path: Path) -> str:
    """Return the script in `path` without indentation and without lines that are only a comment.

    Every script stands in a block (`{ … }`), because a page may run it again and a name at the top could be declared only once. What
    differs from time to time is data in attributes, so that the content policy can allow exactly these scripts.

    Raises ValueError when the script holds a `<`: the page's sanitiser drops scripts that could hold markup, without a word.
    """
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    script = "\n".join(line for line in lines if line and not line.startswith("//"))
    if "<" in script:
        raise ValueError(f"{path.name} holds a '<'; write the comparison the other way round")
    return script
